import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseRegistry } from '../../src/registry/parse-registry.ts';
import { OWN_PATHS } from '../../src/runtime/environment.ts';
import { DocumentPlace } from './place.ts';
import { commandsOf, type Document, type Fence, type Part, ROOT, trimLike } from './read-document.ts';

/** Whether outputs are written anew in place of being compared. */
export const UPDATE = Boolean(process.env.UPDATE_DOCUMENTS);

/** Line of a fence → what it should say. */
export type Corrections = Map<number, string>;

const SCRIPTS = Object.keys(JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')).scripts);
const REGISTRY = /^\.github\/signpost(?:\.ya?ml$|\/)/;
const WORKFLOW = /^(?:\.github\/workflows\/.+\.yml|\.gitlab-ci\.yml)$/;

/** Does what one part of a document says, in its order. */
export async function runPart(part: Part, corrections: Corrections, update = UPDATE): Promise<void> {
  const place = new DocumentPlace();
  for (const step of part.steps) {
    place.take(step);
    if (step.kind === 'console') await runConsole(step.fence, place, corrections, update);
    if (step.kind === 'sh') for (const line of step.fence.body.trim().split('\n')) await runLine(line, place);
    if (step.kind === 'file' && WORKFLOW.test(step.path)) await runWorkflow(step.fence, place);
  }
}

async function runConsole(fence: Fence, place: DocumentPlace, corrections: Corrections, update: boolean) {
  let body = '';
  for (const { typed, output } of commandsOf(fence)) {
    const printed = (await place.run(typed)).output.replace(/\n+$/, '').split('\n');
    const lines = trimLike(output, printed);
    if (!update) expect(output, `line ${fence.line}: ${typed}`).toEqual(lines);
    body += [`$ ${typed}`, ...lines].map((line) => `${line}\n`).join('');
  }
  if (body !== fence.body) corrections.set(fence.line, body);
}

/** A line to be copied: what it asks of `npm` must exist, and what it asks of Signpost must be judged. */
async function runLine(line: string, place: DocumentPlace): Promise<void> {
  for (const typed of line.replace(/\s#.*/, '').split('&&')) {
    const [program, first, script] = typed.trim().split(/\s+/);
    if (program === 'npm' && first === 'run') expect(SCRIPTS, typed).toContain(script);
    else if (program === 'npm') expect(['ci', 'test', 'link', ...SCRIPTS], typed).toContain(first);
    else if (program !== undefined && program in OTHER_PROGRAMS) checkOther(typed.trim());
    else expect((await place.run(typed.trim())).exitCode, typed).toBeLessThan(2);
  }
}

/** What people are asked to run beside Signpost, and what it may look like; the files and paths in it must be there. */
const OTHER_PROGRAMS: Record<string, RegExp> = {
  openssl: /^openssl rand -hex 32$/,
  cp: /^cp (?<file>\.env\.example) \.env$/,
  docker: /^docker (?<file>compose) (?:--profile many )?up --build --detach(?: --scale worker=\d+ redis web worker)?$/,
  node: /^node dist\/server\.js (?:dead-letters|redrive(?: '[^']+')?)$/,
  curl: /^curl http:\/\/127\.0\.0\.1:3000(?<path>\/\w+)$/,
  npx: /^npx smee-client --url https:\/\/smee\.io\/CHANNEL --target http:\/\/127\.0\.0\.1:3000(?<path>[\w/]+)$/,
};

function checkOther(typed: string): void {
  const { file, path } = (OTHER_PROGRAMS[typed.split(' ')[0] as string] as RegExp).exec(typed)?.groups ?? {};
  expect(typed).toMatch(OTHER_PROGRAMS[typed.split(' ')[0] as string] as RegExp);
  if (file !== undefined) expect(existsSync(ROOT + (file === 'compose' ? 'compose.yml' : file)), typed).toBe(true);
  if (path !== undefined) expect([...OWN_PATHS, '/api/github/webhooks'], typed).toContain(path);
}

/** The steps of a workflow that run Signpost, wherever it was built. */
async function runWorkflow({ body, line }: Fence, place: DocumentPlace): Promise<void> {
  expect(parseYaml(body), `line ${line}`).toBeTypeOf('object');
  const commands = [...body.matchAll(/node \S*dist\/cli\.js (.+)$/gm)].map((match) => match[1]);
  const uses = /uses: signpost-docs\/signpost@/.test(body);
  expect(commands.length > 0 || uses, `line ${line} runs no command`).toBe(true);
  for (const typed of commands) expect((await place.run(`signpost ${typed}`)).exitCode, typed).toBeLessThan(2);
}

/** Every registry of a part is sound, those aside that are shown for their mistakes. */
export function checkRegistries({ steps }: Part): void {
  for (const step of steps) {
    if (step.kind !== 'yaml' && !(step.kind === 'file' && REGISTRY.test(step.path))) continue;
    const { body, line, mistaken } = step.fence;
    const { mistakes } = parseRegistry([{ path: 'signpost.yml', text: asRegistry(body) }]);
    const errors = mistakes.filter(({ severity }) => severity === 'error').map(({ message }) => message);
    if (mistaken) expect(errors.length, `line ${line} has no mistakes`).toBeGreaterThan(0);
    else expect(errors, `line ${line}`).toEqual([]);
  }
}

/** A registry as it stands, or entries or fields of an entry made one. */
function asRegistry(body: string): string {
  if (/^(?:version|docs|private|preview|gate|scenarios):/m.test(body)) return body;
  const indented = body.replace(/^(?=.)/gm, '    ');
  if (/^- /m.test(body)) return `scenarios:\n${indented}`;
  const code = /^(?:codes|symptoms):/m.test(body) ? '' : '    codes: [some_code]\n';
  return `scenarios:\n  - id: some-failure\n    title: Some failure\n${code}${indented}`;
}

/** Writes the corrections into the document, last first, so that lines above keep their numbers. */
export function correct({ path, text }: Document, corrections: Corrections): void {
  const lines = text.split('\n');
  for (const [line, body] of [...corrections].sort(([a], [b]) => b - a)) {
    const fence = /^(?:`+|~+)/.exec(lines[line - 1] as string)?.[0] as string;
    lines.splice(line, lines.indexOf(fence, line) - line, ...body.replace(/\n$/, '').split('\n'));
  }
  writeFileSync(ROOT + path, lines.join('\n'));
}
