import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** Importer → what it may import of ours, with the reason that a broken arrow is told. */
const ARROWS: Record<string, { may: string[]; why: string }> = {
  registry: { may: [], why: 'what must be documented does not depend on what is written' },
  docs: { may: [], why: 'what is written does not depend on what must be' },
  coverage: { may: ['registry', 'docs'], why: 'one snapshot is judged without knowing of pull requests' },
  review: { may: ['coverage', 'registry', 'docs'], why: 'the core does not know how it is said or read' },
  report: { may: ['review', 'coverage', 'registry', 'docs'], why: 'reporters only put into words' },
  cache: {
    may: ['registry', 'docs', 'coverage', 'review'],
    why: 'what was read and judged is kept, whoever asks for it',
  },
  'local-git': { may: ['review'], why: 'an edge hands snapshots to the core and knows nothing else' },
  github: {
    may: ['report', 'review', 'registry', 'docs'],
    why: 'an edge hands snapshots to the core and publishes what it says; of the docs it knows how to decode a blob',
  },
  studio: {
    may: ['report', 'review', 'coverage', 'registry', 'docs'],
    why: 'an edge that shows a registry to a person; the command hands it the docs',
  },
  runtime: { may: [], why: 'what outlives a review knows nothing of reviews' },
  queue: { may: ['runtime'], why: 'a queue knows nothing of what its jobs do' },
  app: { may: ['github', 'runtime', 'queue'], why: 'it says which event starts which job, and no more' },
  server: { may: ['app', 'runtime', 'queue'], why: 'the process knows nothing of what is done in it' },
  commands: {
    may: ['local-git', 'studio', 'review', 'coverage', 'docs', 'report', 'registry', 'runtime', 'cache'],
    why: 'a command joins edges and core',
  },
  cli: {
    may: ['commands', 'local-git', 'review', 'coverage', 'docs', 'report', 'registry', 'runtime', 'cache'],
    why: 'the entry',
  },
};

const PURE = ['registry', 'docs', 'coverage', 'review', 'report'];

/** Library → the only places that may import it. */
const OWNERS: [RegExp, string[]][] = [
  [/^(?:unified|remark-.*|mdast-util-.*|micromark.*|htmlparser2|acorn.*|github-slugger)$/, ['docs']],
  [/^entities$/, ['coverage']],
  [/^yaml$/, ['registry', 'docs']],
  [/^(?:re2js|csv-parse.*)$/, ['registry']],
  [/^smol-toml$/, ['docs']],
  [/^minisearch$/, ['coverage']],
  [/^(?:picocolors|fast-string-width|fast-wrap-ansi)$/, ['report', 'commands', 'cli']],
  [/^d3-(?:scale|shape)$/, ['report']],
  [/^commander$/, ['commands', 'cli']],
  [/^node:child_process$/, ['local-git', 'studio']],
  [/^(?:@codemirror\/.*|@lezer\/.*|chokidar|esbuild)$/, ['studio']],
  [/^@clack\/prompts$/, ['commands']],
  [/^@octokit\//, ['github']],
  [/^probot$/, ['app']],
  [/^(?:pino|prom-client)$/, ['runtime']],
  [/^(?:bullmq|ioredis)$/, ['queue']],
  [/^lru-cache$/, ['app', 'queue', 'coverage', 'cache']],
];

interface Source {
  file: string;
  folder: string;
  text: string;
  imports: string[];
}

function sources(): Source[] {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const text = readFileSync(path.join(root, 'src', file), 'utf8');
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string);
      const slashed = file.split(path.sep).join('/');
      return { file: slashed, folder: folderOf(slashed), text, imports };
    });
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] as string) : file.replace(/\.ts$/, '');
}

function importedFolder(source: Source, specifier: string): string {
  return folderOf(path.posix.join(path.posix.dirname(source.file), specifier));
}

const all = sources();

describe('arrows', () => {
  it.each(all.map((source) => [source.file, source] as const))('%s imports only what its folder may', (_, source) => {
    const arrow = ARROWS[source.folder];
    expect(arrow, `${source.folder} has no row in the table of arrows`).toBeDefined();
    for (const specifier of source.imports.filter((name) => name.endsWith('.ts'))) {
      const target = importedFolder(source, specifier);
      if (target === source.folder) continue;
      expect(arrow?.may, `${source.file} imports ${specifier}: ${arrow?.why}`).toContain(target);
    }
  });

  it('reads Markdown in one place', () => {
    const reader = /^(?:unified|remark-.*|mdast-util-.*|micromark.*|htmlparser2|acorn.*)$/;
    const readers = all.filter(({ imports }) => imports.some((name) => reader.test(name)));
    expect(readers.map(({ file }) => file).filter((file) => !file.startsWith('docs/markdown/'))).toEqual([]);
  });

  it('gives every library to one owner', () => {
    for (const source of all) {
      for (const specifier of source.imports) {
        const owners = OWNERS.find(([name]) => name.test(specifier))?.[1];
        if (owners) expect(owners, `${source.file} imports ${specifier}`).toContain(source.folder);
      }
    }
  });
});

describe('inner folders', () => {
  it('know each other one way', () => {
    const arrows = new Map<string, Set<string>>();
    for (const { file, imports } of all) {
      const from = innerFolder(file);
      for (const name of imports.filter((each) => each.endsWith('.ts'))) {
        const to = innerFolder(path.posix.join(path.posix.dirname(file), name));
        if (to !== from) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
      }
    }
    expect(cycleIn(arrows)).toEqual([]);
  });
});

/** The folder of a file; an entry belongs to the folder of its name. */
function innerFolder(file: string): string {
  return file.includes('/') ? path.posix.dirname(file) : folderOf(file);
}

/** One way round from a folder to itself; empty where there is none. */
function cycleIn(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const walk = (folder: string, way: readonly string[]): string[] => {
    if (way.includes(folder)) return [...way.slice(way.indexOf(folder)), folder];
    if (done.has(folder)) return [];
    for (const next of arrows.get(folder) ?? []) {
      const cycle = walk(next, [...way, folder]);
      if (cycle.length > 0) return cycle;
    }
    done.add(folder);
    return [];
  };
  for (const folder of arrows.keys()) {
    const cycle = walk(folder, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

describe('pure folders', () => {
  it.each(all.filter((source) => PURE.includes(source.folder)).map((source) => [source.file, source] as const))(
    '%s has no I/O, clock or chance',
    (_, source) => {
      expect(source.imports.filter((name) => name.startsWith('node:'))).toEqual([]);
      expect(source.text).not.toMatch(
        /\bprocess\.|\bDate\.now\b|new Date\(\)|Math\.random|performance\.now|\bawait\s|\bfetch\(/,
      );
    },
  );
});

/** What a module would remember from one call to the next: a `let`, or a collection that is written to. */
function stateOf(module: string): string[] {
  // A script for browsers stands in a template.
  const text = module.replace(/ = `[^`]*`/g, '');
  const lets = [...text.matchAll(/^(?:export )?let (\w+)/gm)].map(([, name]) => name as string);
  const made = text.matchAll(
    /^(?:export )?const (\w+)(?:: [^=]+)? = (?:new (?:Weak)?(?:Map|Set)\b|\[|\{|Object\.create)/gm,
  );
  const written = [...made]
    .map(([, name]) => name as string)
    .filter((name) => {
      const call = String.raw`\b${name}(?:\.(?:set|add|delete|clear|push|unshift|pop|shift|splice|sort)\(|\[[^\]]+\] (?:\?\?)?=[^=]|\.\w+ (?:\?\?)?=[^=])`;
      return new RegExp(call).test(text);
    });
  return [...lets, ...written];
}

describe('state', () => {
  it('is kept by no module of the pure folders', () => {
    const kept = all
      .filter(({ folder }) => PURE.includes(folder))
      .flatMap(({ file, text }) => stateOf(text).map((name) => `${file}: ${name}`));
    expect(kept).toEqual([]);
  });

  it.each([
    ['let last = null;', ['last']],
    ['const known = new Map<string, number>();\nexport const get = () => known.set("a", 1);', ['known']],
    ['export const known: WeakMap<object, string> = new WeakMap();\nfunction f(o) { known.delete(o); }', ['known']],
    ['const seen = new Set();\nfunction f(s) {\n  seen.add(s);\n}', ['seen']],
    ['const list = [];\nfunction f(s) { list.push(s); }', ['list']],
    ['const cache = {};\nfunction f(s) { cache[s] = 1; }', ['cache']],
    ['const WORDS = new Set(["a"]);\nfunction f(s) { return WORDS.has(s); }', []],
    ['function f() {\n  const own = new Map();\n  own.set(1, 2);\n}', []],
  ])('%j would be found', (text, names) => {
    expect(stateOf(text)).toEqual(names);
  });
});

describe('files', () => {
  it('are named for what they hold', () => {
    const drawers = all.filter(({ file }) =>
      /(?:^|\/)(?:utils?|common|helpers?|index|types|lib|misc)(?:\.ts|\/)/.test(file),
    );
    expect(drawers.map(({ file }) => file)).toEqual([]);
  });

  it('stay small enough to be read', () => {
    const long = all.filter(({ text }) => text.split('\n').length > 400);
    expect(long.map(({ file }) => file)).toEqual([]);
  });

  it('say nothing of the machine they were written on', () => {
    for (const { file, text } of all) expect(text, file).not.toMatch(/\/(?:work|home|Users|tmp)\//);
  });
});
