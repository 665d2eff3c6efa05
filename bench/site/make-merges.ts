import type { ImportedCommit } from './fast-import.ts';
import type { MadeSite } from './make-site.ts';
import { DOCS_ROOT } from './page-names.ts';
import { paragraph, sentence, type Writer } from './prose.ts';
import { randomOf } from './random.ts';

export interface MergesOptions {
  seed: number;
  merges: number;
  branch: string;
  /** The commit that holds the site, or its branch. */
  from: string;
}

type Files = Map<string, string | null>;

/** Pull requests are opened up to this many merges before they are merged. */
const MOST_BEHIND = 20;
const START = 1_704_067_200;
const HOURS = 3_600;

/**
 * A history of merges onto a made site: pages are added to, reworded, moved and deleted, failures lose their causes and
 * get them back, and now and then something else is changed. Half are squashed, half come with merge commits, many of
 * those from a branch that was behind. The same options give the same history.
 */
export function* makeMerges(site: MadeSite, { seed, merges, branch, from }: MergesOptions): Generator<ImportedCommit> {
  const random = randomOf(seed, 11);
  const writer: Writer = { random, vocabulary: site.vocabulary, names: site.names };
  const texts = new Map(site.files());
  const changedAt = new Map<string, number>();
  const lost: Files = new Map();
  for (let at = 1; at <= merges; at++) {
    const files = changeFiles({ texts, lost }, writer, at);
    const when = START + at * 7 * HOURS;
    const last = Math.max(0, ...Array.from(files.keys(), (path) => changedAt.get(path) ?? 0));
    const base = Math.max(last, at - 1 - random.below(MOST_BEHIND));
    const named = (number: number) => (number === 0 ? from : `:${number * 2}`);
    const title = `Change ${[...files.keys()][0]?.split('/').at(-1)}`;
    const main = { branch, from: named(at - 1), mark: at * 2, when };
    if (random.chance(0.5)) yield { ...main, message: `${title} (#${at})`, files };
    else {
      const topic = { branch: `topic-${at}`, from: named(base), mark: at * 2 + 1, when: when - HOURS };
      yield { ...topic, message: title, files };
      yield {
        ...main,
        merge: `:${at * 2 + 1}`,
        message: `Merge pull request #${at} from acme/topic\n\n${title}`,
        files,
      };
    }
    for (const path of files.keys()) changedAt.set(path, at);
  }
}

/** What the files say, and what those said that lost a cause. */
interface State {
  texts: Map<string, string>;
  lost: Files;
}

/** What one merge changes; the state is kept up with it. */
function changeFiles({ texts, lost }: State, writer: Writer, at: number): Files {
  const { random } = writer;
  const pages = [...texts.keys()].filter((path) => path.startsWith(DOCS_ROOT));
  const path = random.pick(pages);
  const text = texts.get(path) ?? '';
  const files: Files = new Map();
  const kind = random.next();
  if (kind < 0.08) files.set(`src/lib/module-${random.below(40)}.ts`, `export const number = ${at};\n`);
  else if (kind < 0.12) files.set(path, null).set(path.replace(/\.mdx$/, `-moved-${at}.mdx`), text);
  else if (kind < 0.14) files.set(path, null);
  else if (kind < 0.18) files.set(`${DOCS_ROOT}/new/page-${at}.mdx`, newPage(writer, at));
  else if (kind < 0.2)
    addTo(random.pick([...texts.keys()].filter((each) => /\/_setup/.test(each))), texts, files, writer);
  else if (kind < 0.28) loseCause(pages, { texts, lost }, files, writer);
  else if (kind < 0.35) giveBack({ texts, lost }, files, writer, path);
  else for (let i = 0; i <= random.below(3); i++) addTo(random.pick(pages), texts, files, writer);
  for (const [changed, now] of files) {
    if (now === null) texts.delete(changed);
    else texts.set(changed, now);
  }
  return files;
}

function newPage(writer: Writer, at: number): string {
  return `---\ntitle: New page ${at}\n---\n\n${paragraph(writer)}\n\n## How it works\n\n${paragraph(writer)}\n`;
}

function addTo(path: string, texts: ReadonlyMap<string, string>, files: Files, writer: Writer): void {
  const paragraphs = (texts.get(path) ?? '').trimEnd().split('\n\n');
  paragraphs.splice(2 + writer.random.below(paragraphs.length), 0, paragraph(writer));
  files.set(path, `${paragraphs.join('\n\n')}\n`);
}

/** Takes the first cause of a page that has one away. */
function loseCause(pages: readonly string[], { texts, lost }: State, files: Files, writer: Writer): void {
  const withCause = pages.filter((path) => texts.get(path)?.includes('This happens because'));
  const path = writer.random.pick(withCause.length > 0 ? withCause : pages);
  const text = texts.get(path) ?? '';
  const without = text.replace(/This happens because[^.]*\./, sentence(writer));
  if (without !== text) lost.set(path, text);
  files.set(path, without === text ? `${text}\n${sentence(writer)}\n` : without);
}

/** Gives a page that lost a cause what it said before; where there is none, another page gets a paragraph. */
function giveBack({ texts, lost }: State, files: Files, writer: Writer, other: string): void {
  const [path, text] = [...lost].find(([path]) => texts.has(path)) ?? [other, null];
  lost.delete(path);
  if (text === null) addTo(path, texts, files, writer);
  else files.set(path, text);
}
