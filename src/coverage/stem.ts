import { ownText } from '../docs/own-text.ts';
import { Recent } from './recent.ts';

/** Irregular forms, and words that inflection alone would spoil. */
const IRREGULAR = new Map(
  Object.entries({
    sent: 'send',
    came: 'come',
    went: 'go',
    gave: 'give',
    given: 'give',
    got: 'get',
    lost: 'lose',
    broke: 'break',
    broken: 'break',
    hung: 'hang',
    shown: 'show',
    showed: 'show',
    hid: 'hide',
    hidden: 'hide',
    withheld: 'withhold',
    began: 'begin',
    begun: 'begin',
    wrote: 'write',
    written: 'write',
    found: 'find',
    built: 'build',
    left: 'leave',
    kept: 'keep',
    held: 'hold',
    died: 'die',
    dies: 'die',
    dying: 'die',
    denied: 'deny',
    denies: 'deny',
    tried: 'try',
    tries: 'try',
    applied: 'apply',
    applies: 'apply',
    verified: 'verify',
    verifies: 'verify',
    chosen: 'choose',
    chose: 'choose',
    forgot: 'forget',
    forgotten: 'forget',
    meant: 'mean',
    missing: 'miss',
    missed: 'miss',
  }),
);

const formsByStem = new Map<string, string[]>();
for (const [form, base] of IRREGULAR) {
  const stemmed = withoutFinalE(base);
  formsByStem.set(stemmed, [...(formsByStem.get(stemmed) ?? []), form]);
}

/** The words of a stem that do not begin with it. */
export function irregularFormsOf(stemmed: string): readonly string[] {
  return formsByStem.get(stemmed) ?? [];
}

/** Longer than any English word: what is looked for in one of a hundred thousand letters would take minutes. */
const ENGLISH = /^[a-z]{3,60}$/;
const REMEMBERED_LIMIT = 20_000;
const remembered = new Recent<string, string>(REMEMBERED_LIMIT);

/**
 * Takes inflection (plural, -ed, -ing) off an English word and leaves derivation alone, so that "organization"
 * stays apart from "organ". Words with other letters come back as they are.
 *
 * @param word in lower case
 */
export function stem(word: string): string {
  const known = remembered.get(word);
  if (known !== undefined) return known;
  const own = ownText(word);
  const found = ENGLISH.test(own) ? inflectionless(own) : own;
  remembered.set(own, found);
  return found;
}

function inflectionless(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular) return withoutFinalE(irregular);
  return withoutFinalE(withoutTense(singular(word)));
}

function singular(word: string): string {
  if (/[^aeiouy]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ch|sh|x|z|ss)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  const match = /^(.*[aeiouy].*)(?:ed|ing)$/.exec(word);
  const base = match?.[1];
  if (!base || base.length < 2) return word;
  if (word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  return /(.)\1$/.test(base) && !/(?:ll|ss|zz)$/.test(base) ? base.slice(0, -1) : base;
}

function withoutFinalE(word: string): string {
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}
