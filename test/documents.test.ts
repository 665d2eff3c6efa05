/**
 * Runs the README and docs/: every command prints what stands below it, every registry is sound.
 * `UPDATE_DOCUMENTS=1 npx vitest run test/documents.test.ts` writes the outputs anew; read the difference.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import { afterAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { COMMANDS } from '../src/commands/table.ts';
import { REGISTRY_FIELDS, SCENARIO_FIELDS, SETTINGS_FIELDS } from '../src/registry/fields.ts';
import { parseRegistry } from '../src/registry/parse-registry.ts';
import type { Field, Fields, Shape } from '../src/registry/shapes.ts';
import { FINDING_KINDS } from '../src/review/finding-kinds.ts';
import { DocumentPlace } from './document-place.ts';
import {
  commandsOf,
  type Document,
  documentPaths,
  type Fence,
  isShown,
  type Part,
  parseDocument,
  ROOT,
  readDocument,
  trimLike,
} from './read-document.ts';
import { removeTempFolders } from './temp-repository.ts';

afterAll(removeTempFolders);

const UPDATE = Boolean(process.env.UPDATE_DOCUMENTS);
const SCRIPTS = Object.keys(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')).scripts);
const isRegistry = (path: string) => /^\.github\/signpost(?:\.ya?ml$|\/)/.test(path);
const isWorkflow = (path: string) => /^(?:\.github\/workflows\/.+\.yml|\.gitlab-ci\.yml)$/.test(path);

/** Line of a fence → what it should say. */
type Corrections = Map<number, string>;

async function runPart(part: Part, corrections: Corrections): Promise<void> {
  const place = new DocumentPlace();
  for (const step of part.steps) {
    place.take(step);
    if (step.kind === 'console') await runConsole(step.fence, place, corrections);
    if (step.kind === 'sh') for (const line of step.fence.body.trim().split('\n')) await runLine(line, place);
    if (step.kind === 'file' && isWorkflow(step.path)) await runWorkflow(step.fence, place);
  }
}

async function runConsole(fence: Fence, place: DocumentPlace, corrections: Corrections): Promise<void> {
  let body = '';
  for (const { typed, output } of commandsOf(fence)) {
    const printed = (await place.run(typed)).output.replace(/\n+$/, '').split('\n');
    const shown = isShown(output, printed) ? output : trimLike(output, printed);
    if (!UPDATE) expect(output, `line ${fence.line}: ${typed}`).toEqual(shown);
    body += [`$ ${typed}`, ...shown].map((line) => `${line}\n`).join('');
  }
  if (body !== fence.body) corrections.set(fence.line, body);
}

/** A command to be copied: `npm` ones must exist, those of Signpost must be judged. */
async function runLine(line: string, place: DocumentPlace): Promise<void> {
  for (const typed of line.split(' && ').map((each) => each.replace(/ #.*/, '').trim())) {
    const [program, first, script] = typed.split(' ');
    if (program === 'npm' && first === 'run') expect(SCRIPTS, typed).toContain(script);
    else if (program === 'npm') expect(['ci', 'test', 'link', 'install'], typed).toContain(first);
    else if (program === 'node' || program === 'cd' || program === 'npx')
      expect(typed).toMatch(/vitest|dist\/cli\.js|^cd /);
    else expect((await place.run(typed)).exitCode, typed).toBeLessThan(2);
  }
}

/** The steps of a workflow that run Signpost, wherever it was built. */
async function runWorkflow(fence: Fence, place: DocumentPlace): Promise<void> {
  const lines = [...fence.body.matchAll(/node \S*dist\/cli\.js (.+)$/gm)].map((match) => match[1]);
  expect(parseYaml(fence.body), `line ${fence.line}`).toBeTypeOf('object');
  expect(lines.length, `line ${fence.line} runs no command`).toBeGreaterThan(0);
  for (const line of lines) expect((await place.run(`signpost ${line}`)).exitCode, line).toBeLessThan(2);
}

/** A registry, or entries of one, or fields of an entry. */
function asRegistry(body: string): string {
  if (/^(?:#.*\n)*(?:version|docs|private|preview|gate|scenarios):/m.test(body)) return body;
  const inside = (text: string) => text.replace(/^(?=.)/gm, '    ');
  if (/^- /m.test(body)) return `scenarios:\n${inside(body)}`;
  const code = /^(?:codes|symptoms):/m.test(body) ? '' : '    codes: [some_code]\n';
  return `scenarios:\n  - id: some-failure\n    title: Some failure\n${code}${inside(body)}`;
}

function checkRegistries(part: Part): void {
  for (const step of part.steps) {
    if (step.kind !== 'yaml' && !(step.kind === 'file' && isRegistry(step.path))) continue;
    const { body, line, mistaken } = step.fence;
    const { mistakes } = parseRegistry([{ path: 'signpost.yml', text: asRegistry(body) }]);
    const errors = mistakes.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    if (mistaken) expect(errors.length, `line ${line} has no mistakes`).toBeGreaterThan(0);
    else expect(errors, `line ${line}`).toEqual([]);
  }
}

function correct({ path, text }: Document, corrections: Corrections): void {
  const lines = text.split('\n');
  for (const [line, body] of [...corrections].sort(([a], [b]) => b - a)) {
    const end = lines.indexOf(lines[line - 1]?.match(/^`+/)?.[0] as string, line);
    lines.splice(line, end - line, ...body.replace(/\n$/, '').split('\n'));
  }
  writeFileSync(ROOT + path, lines.join('\n'));
}

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
    for (const [, name = ''] of document.prose.matchAll(/`((?:src|test)\/[\w./-]+)`/g)) {
      if (!name.startsWith('src/content')) expect(existsSync(ROOT + name), `${name} of ${path}`).toBe(true);
    }
  });

  test('has no line of more than 120 characters outside tables, samples and links', () => {
    const long = document.prose.split('\n').filter((line) => line.length > 120 && !/^\||\]\(/.test(line));
    expect(long).toEqual([]);
  });
});

function anchorsOf(path: string): string[] {
  const slugger = new GithubSlugger();
  return readDocument(path).headings.map((heading) => slugger.slug(heading));
}

describe('README.md', () => {
  const { text, parts } = readDocument('README.md');

  test('is short', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(121);
  });

  test('has every folder of src on its map', () => {
    const folders = readdirSync(`${ROOT}src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders) expect(text, `src/${name}`).toMatch(new RegExp(`^${name}/ `, 'm'));
  });

  test('shows what the demo prints', () => {
    const steps = parts.flatMap((part) => part.steps);
    const name = steps.find((step) => step.kind === 'example')?.name;
    expect(readFileSync(`${ROOT}test/demo.ts`, 'utf8')).toContain(`readExample('${name}')`);
  });
});

describe('docs/findings.md', () => {
  const { headings, parts } = readDocument('docs/findings.md');
  const kinds = Object.keys(FINDING_KINDS);

  test('has one heading for each kind, in the order of the table', () => {
    expect(headings.filter((heading) => kinds.includes(heading))).toEqual(kinds);
  });

  test.each(kinds)('shows an example that makes a finding of kind %s', async (kind) => {
    const place = new DocumentPlace();
    const found: string[] = [];
    for (const step of parts.find(({ heading }) => heading === kind)?.steps ?? []) {
      place.take(step);
      if (step.kind !== 'console') continue;
      for (const { typed } of commandsOf(step.fence)) found.push(...(await kindsSaidBy(typed, place)));
    }
    expect(found).toContain(kind);
  });
});

async function kindsSaidBy(typed: string, place: DocumentPlace): Promise<string[]> {
  if (!/^signpost (?:review|audit|registry check)/.test(typed)) return [];
  const { output } = await place.run(`${typed.replace(/ --format \w+/, '')} --format json`);
  return JSON.parse(output).findings.map((finding: { kind: string }) => finding.kind);
}

describe('docs/cli.md', () => {
  test('has a heading for each command, in the order of --help', () => {
    const names = COMMANDS.map(({ name }) => name);
    const { headings } = readDocument('docs/cli.md');
    expect(headings.filter((heading) => names.includes(heading))).toEqual(names);
  });
});

describe('the tables of fields in docs/writing-a-registry.md', () => {
  const PATH = 'docs/writing-a-registry.md';
  const inner = (fields: Fields, name: string): Fields => {
    const { shape } = fields[name] as Field;
    const item = shape.type === 'list' ? shape.item : shape;
    return item.type === 'map' ? item.fields : {};
  };
  const { version, scenarios } = REGISTRY_FIELDS;
  const TABLES: Record<string, Fields> = {
    scenario: SCENARIO_FIELDS,
    impact: inner(SCENARIO_FIELDS, 'impact'),
    waive: inner(SCENARIO_FIELDS, 'waive'),
    file: { version, ...SETTINGS_FIELDS, scenarios },
    docs: inner(SETTINGS_FIELDS, 'docs'),
    gate: inner(SETTINGS_FIELDS, 'gate'),
  };

  test.each(Object.entries(TABLES))('%s has every field, with type and default', (name, fields) => {
    const text = readFileSync(ROOT + PATH, 'utf8');
    const [start, end] = [`<!-- fields: ${name} -->\n`, '<!-- end of fields -->'];
    const from = text.indexOf(start) + start.length;
    const to = text.indexOf(end, from);
    expect(from, `${start} stands nowhere`).toBeGreaterThanOrEqual(start.length);
    const table = `\n${tableOf(fields)}\n`;
    if (UPDATE) writeFileSync(ROOT + PATH, text.slice(0, from) + table + text.slice(to));
    else expect(text.slice(from, to)).toBe(table);
  });
});

function tableOf(fields: Fields): string {
  const rows = Object.entries(fields).map(([name, field]) => {
    const value = field.required ? '**required**' : defaultOf(field);
    return `| \`${name}\` | ${typeOf(field.shape)} | ${value} | ${field.description.replaceAll('|', '\\|')} |\n`;
  });
  return `| field | type | default | what it says |\n|---|---|---|---|\n${rows.join('')}`;
}

function typeOf(shape: Shape): string {
  switch (shape.type) {
    case 'list':
      return `list of ${shape.item.type === 'map' ? 'entries' : `${typeOf(shape.item)}s`}`;
    case 'choice':
      return shape.of.map((choice) => `\`${choice}\``).join(', ');
    case 'dictionary':
      return 'map of texts';
    case 'count':
      return 'whole number';
    case 'flag':
      return '`true` or `false`';
    case 'version':
      return '`1`';
    case 'text':
      return shape.format.format ?? 'text';
    default:
      return shape.type;
  }
}

function defaultOf({ default: value }: Field): string {
  const isEmpty = value === undefined || (typeof value === 'object' && Object.keys(value as object).length === 0);
  return isEmpty ? '–' : `\`${Array.isArray(value) ? JSON.stringify(value) : value}\``;
}

describe('how documents are read', () => {
  test('a line … stands for lines left out, at every place', () => {
    const printed = ['a', 'b', 'c', 'd', 'e'];
    expect(isShown(['a', '…', 'e'], printed)).toBe(true);
    expect(isShown(['…', 'c', '…'], printed)).toBe(true);
    expect(isShown(['a', '…', 'c', '…', 'e'], printed)).toBe(true);
    expect(isShown(['a', '…', 'x', '…', 'e'], printed)).toBe(false);
    expect(isShown(['a', 'b', 'c', 'd'], printed)).toBe(false);
    expect(isShown(['a', 'b', '…', 'c', 'd', 'e'], printed)).toBe(false);
  });

  test('a command without what it prints is found out', async () => {
    const { parts } = parseDocument('x.md', '# A\n\n```console\n$ signpost --version\n0.0.0\n```\n');
    const corrections: Corrections = new Map();
    await expect(runPart(parts[1] as Part, corrections)).rejects.toThrow('0.0.0');
  });

  test('a registry with a mistake is found out', () => {
    const { parts } = parseDocument('x.md', '# A\n\n```yaml\nscenarios: [{ id: a, titel: b, codes: [c] }]\n```\n');
    expect(() => checkRegistries(parts[1] as Part)).toThrow('titel');
  });

  test('a fence without an end is found out', () => {
    expect(() => parseDocument('x.md', '```yaml\nversion: 1\n')).toThrow('x.md:1: this fence does not end');
  });
});
