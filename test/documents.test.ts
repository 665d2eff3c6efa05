/**
 * Runs the README and docs/: every command prints what stands below it, every registry is sound.
 * `UPDATE_DOCUMENTS=1 npx vitest run test/documents.test.ts` writes the outputs anew; read the difference.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/commands/table.ts';
import { FINDING_KINDS } from '../src/review/findings/finding.ts';
import { FIELD_TABLES, fieldsTable } from './documents/fields-table.ts';
import { DocumentPlace } from './documents/place.ts';
import { commandsOf, documentPaths, parseDocument, ROOT, readDocument, trimLike } from './documents/read-document.ts';
import { type Corrections, checkRegistries, correct, runPart, UPDATE } from './documents/run-document.ts';
import { removeTempFolders } from './temp-repository.ts';

afterAll(removeTempFolders);

describe.each(documentPaths())('%s', (path) => {
  const document = readDocument(path);
  const corrections: Corrections = new Map();
  afterAll(() => {
    if (corrections.size > 0) correct(document, corrections);
  });

  test.each(document.parts.filter(({ steps }) => steps.length > 0))('does as it says: $heading', async (part) => {
    checkRegistries(part);
    await runPart(part, corrections);
  });

  test('links only to what is there', () => {
    for (const [, target = ''] of document.prose.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : posix.join(posix.dirname(path), file);
      expect(existsSync(ROOT + to), `${target} of ${path}`).toBe(true);
      if (anchor !== undefined) expect(anchorsOf(to), `${target} of ${path}`).toContain(anchor);
    }
  });

  test('names only files of this repository that are there', () => {
    for (const [, name = ''] of document.prose.matchAll(/(?:`|^|\s)((?:src|test)\/[\w./-]+)/gm)) {
      if (!name.startsWith('src/content/')) expect(existsSync(ROOT + name), `${name} of ${path}`).toBe(true);
    }
  });
});

function anchorsOf(path: string): string[] {
  const slugger = new GithubSlugger();
  return readDocument(path).headings.map((heading) => slugger.slug(heading));
}

describe('README.md', () => {
  const { text, parts } = readDocument('README.md');

  test('is short', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });

  test('has everything in src on its map', () => {
    for (const entry of readdirSync(`${ROOT}src`, { withFileTypes: true })) {
      const name = entry.isDirectory() ? `${entry.name}/` : entry.name;
      expect(text.split('\n').some((line) => line.startsWith(`${name} `))).toBe(true);
    }
  });

  test('shows the review of the demo', () => {
    const example = parts.flatMap(({ steps }) => steps).find((step) => step.kind === 'example');
    expect(readFileSync(`${ROOT}test/demo.ts`, 'utf8')).toContain(`readExample('${example?.name}')`);
  });
});

describe('docs/findings.md', () => {
  const { headings, parts } = readDocument('docs/findings.md');
  const kinds = Object.keys(FINDING_KINDS);

  test('has one heading for each kind, in the order of the table', () => {
    expect(headings.filter((heading) => kinds.includes(heading))).toEqual(kinds);
  });

  test.each(kinds)('shows an example of %s that makes such a finding', async (kind) => {
    const place = new DocumentPlace();
    const found: string[] = [];
    for (const step of parts.find(({ heading }) => heading === kind)?.steps ?? []) {
      place.take(step);
      if (step.kind !== 'console') continue;
      for (const { typed } of commandsOf(step.fence)) {
        const { output } = await place.run(`${typed} --format json`);
        found.push(...JSON.parse(output).findings.map((finding: { kind: string }) => finding.kind));
      }
    }
    expect(found).toContain(kind);
  });
});

test('docs/cli.md has a heading for each command, in the order of --help', () => {
  const names = COMMANDS.map(({ name }) => name);
  const { headings } = readDocument('docs/cli.md');
  expect(headings.filter((heading) => names.includes(heading))).toEqual(names);
});

test.each(Object.entries(FIELD_TABLES))('docs/writing-a-registry.md has all fields of %s', (name, fields) => {
  const file = `${ROOT}docs/writing-a-registry.md`;
  const text = readFileSync(file, 'utf8');
  const start = `<!-- fields: ${name} -->\n`;
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf('<!-- end of fields -->', from);
  expect(text).toContain(start);
  const table = `\n${fieldsTable(fields)}\n`;
  if (UPDATE) writeFileSync(file, text.slice(0, from) + table + text.slice(to));
  else expect(text.slice(from, to)).toBe(table);
});

describe('documents are read so that', () => {
  const printed = ['a', 'b', 'c', 'd', 'e'];

  test.each([[['a', '…', 'e']], [['…', 'c', '…']], [['a', '…', 'c', '…', 'e']], [['a', 'b', '…']], [printed]])(
    '%j shows what is printed',
    (shown) => {
      expect(trimLike(shown, printed)).toEqual(shown);
    },
  );

  test.each([
    [['a', '…', 'x', '…', 'e']],
    [['a', 'b', 'c', 'd']],
    [['a', 'b', '…', 'c', 'd', 'e']],
    [['…', 'b', 'd', '…']],
    [['e', '…', 'a']],
  ])('%j does not show what is printed', (shown) => {
    expect(trimLike(shown, printed)).not.toEqual(shown);
  });

  const partOf = (text: string) => parseDocument('x.md', `# A\n\n${text}`).parts[1]!;

  test('a command that prints something else is found out', async () => {
    const run = runPart(partOf('```console\n$ signpost --version\n0.0.0\n```\n'), new Map(), false);
    await expect(run).rejects.toThrow('signpost --version');
  });

  test('a command that cannot be checked is found out', async () => {
    await expect(runPart(partOf('```sh\nrm -rf docs\n```\n'), new Map())).rejects.toThrow('rm -rf docs');
    await expect(runPart(partOf('```sh\nnpm run nothing\n```\n'), new Map())).rejects.toThrow('npm run nothing');
  });

  test('a registry with a mistake is found out, and one without where one is promised', () => {
    const mistaken = '```yaml\nscenarios: [{ id: a, titel: b, codes: [c] }]\n```\n';
    expect(() => checkRegistries(partOf(mistaken))).toThrow('line 3');
    checkRegistries(partOf(`<!-- with mistakes -->\n${mistaken}`));
    expect(() => checkRegistries(partOf('<!-- with mistakes -->\n```yaml\nversion: 1\n```\n'))).toThrow('no mistakes');
  });

  test('a fence without an end is found out', () => {
    expect(() => partOf('```yaml\nversion: 1\n')).toThrow('x.md:3: this fence does not end');
  });
});
