import { type ExitCode, run } from '../../src/commands/run.ts';

/** A terminal of 80 columns with what was typed and what came of it, as a page of HTML. */
export async function terminalPage(commands: readonly (readonly string[])[], cwd: string, now: Date): Promise<string> {
  const shown: string[] = [];
  for (const argv of commands) {
    shown.push(`<b class="typed">$ signpost ${escaped(argv.map(quotedWord).join(' '))}</b>`);
    shown.push(ansiToHtml((await inTerminal(argv, cwd, now)).trimEnd()), '');
  }
  return `<!doctype html><meta charset="utf-8"><title>signpost</title><style>${STYLE}</style><pre>${shown.join('\n').trimEnd()}</pre>`;
}

async function inTerminal(argv: readonly string[], cwd: string, now: Date): Promise<string> {
  const caught: string[] = [];
  const stdout = { write: (text: string) => caught.push(text), isTTY: true, columns: 80 };
  const stderr = { write: () => 0 };
  const exitCode: ExitCode = await run(argv, { stdout, stderr, env: {}, cwd, now: () => now });
  if (exitCode > 1) throw new Error(`signpost ${argv.join(' ')} ended with ${exitCode}`);
  return caught.join('');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const quotedWord = (word: string): string => (/[\s|*#]/.test(word) ? `"${word}"` : word);

/** Codes of "Select Graphic Rendition" (ECMA-48, 8.3.117) that picocolors writes: what begins, and what ends which. */
const BEGINS: Record<string, string> = {
  1: 'bold',
  2: 'dim',
  4: 'underline',
  7: 'inverse',
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'magenta',
  36: 'cyan',
  90: 'gray',
};
const ENDS: Record<string, readonly string[]> = {
  0: Object.values(BEGINS),
  22: ['bold', 'dim'],
  24: ['underline'],
  27: ['inverse'],
  39: ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'gray'],
};

function ansiToHtml(text: string): string {
  const open = new Set<string>();
  const parts = text.split(/\u001b\[(\d*)m/);
  return parts.map((part, at) => (at % 2 === 0 ? styled(part, open) : take(part || '0', open))).join('');
}

function take(code: string, open: Set<string>): string {
  const begun = BEGINS[code];
  if (begun !== undefined) open.add(begun);
  for (const name of ENDS[code] ?? []) open.delete(name);
  return '';
}

function styled(text: string, open: ReadonlySet<string>): string {
  if (text === '') return '';
  return open.size === 0 ? escaped(text) : `<span class="${[...open].join(' ')}">${escaped(text)}</span>`;
}

const STYLE = `
body { margin: 0; background: #fff; width: max-content }
pre { margin: 0; padding: 20px 24px; background: #1b1f24; color: #d8dee4;
  font: 14px/1.45 "DejaVu Sans Mono", monospace; width: 80ch; white-space: pre-wrap }
.typed { color: #fff } .bold { font-weight: 700 } .dim { opacity: 0.65 } .underline { text-decoration: underline }
.inverse { background: #d8dee4; color: #1b1f24 } .red { color: #ff8182 } .green { color: #6fdd8b }
.yellow { color: #eac54f } .blue { color: #80ccff } .magenta { color: #d8b9ff } .cyan { color: #76e3ea }
.gray { color: #9198a1 }`;
