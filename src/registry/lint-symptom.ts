import { isSpaceless } from './private-names.ts';
import { quoted } from './wording.ts';

/** Longer phrases are rarely found in other people's wording. */
const MOST_WORDS = 4;

/** Words that carry no meaning of their own; "not", "no", "never", "without" and "cannot" do. */
export const FUNCTION_WORDS = new Set(
  (
    'a an the of to in into on at for from with by as and or but if then than that this these those it its ' +
    'is are was were be been being has have had do does did will would can could should may might must ' +
    'i me my you your we our they their he she his her there here when while after before so'
  ).split(' '),
);

/** Words that say that something went wrong, and the numbers of HTTP errors. */
const FAILURE_WORDS = new Set(
  (
    'not no never without cannot only nothing none nil null bad old late out bug too again instead twice ' +
    'err miss lost lose lacks lack hung froze frozen broke broken forbidden'
  ).split(' '),
);

/** How such words begin. */
const FAILURE_STEM = new RegExp(
  '^(?:' +
    'unable|fail|error|exception|crash|break|missing|absent|empty|blank|undefined|unknown|unexpected|invalid|wrong|' +
    'incorrect|malformed|corrupt|mismatch|differ|conflict|duplicat|reject|refus|den[iy]|forbid|disallow|unauthor|' +
    'unauthen|unverified|untrusted|unsupported|unavailable|unreachable|unresolved|insecure|block|restrict|limit|exceed|' +
    'exhaust|throttl|timeout|timed|expir|stale|outdated|slow|delay|stuck|hang|freez|loop|endless|forever|stop|abort|' +
    'cancel|drop|disconnect|disappear|vanish|skip|ignor|problem|trouble|warning|violat|revok|disabl|deactivat|inactive|' +
    "deprecat|unset|unregister|unconfigured|repeat|kill|terminat|can[’']t|won[’']t|[a-z]+n[’']t$|[45]\\d\\d$)",
  'i',
);

/** What is weak about a symptom as a phrase to look for; `english` says whether failure words can be judged. */
export function symptomWeaknesses(symptom: string, english: boolean): { message: string; advice: string }[] {
  if (isSpaceless(symptom)) return [];
  const words = symptom.split(/\s+/).filter(isContent);
  const weak: { message: string; advice: string }[] = [];
  if (words.length > MOST_WORDS) {
    const message = `the symptom ${quoted(symptom)} has ${words.length} words that count; only sections with all of them match`;
    weak.push({ message, advice: 'Keep two to four words, with a|b where docs may use either.' });
  }
  if (words.length < 2) {
    const message = `the symptom ${quoted(symptom)} has fewer than two words that count, so it is never looked for`;
    weak.push({ message, advice: 'Add the word for the thing that fails; a code belongs in "codes".' });
  }
  if (english && /^[\x00-\x7f]*$/.test(symptom) && !words.some(namesFailure)) {
    const message = `the symptom ${quoted(symptom)} has no word for a failure, so it may match how-to text`;
    weak.push({ message, advice: 'Add a word such as fails, missing|empty, denied or not.' });
  }
  return weak;
}

function isContent(word: string): boolean {
  return word.split('|').some((choice) => choice !== '' && !FUNCTION_WORDS.has(choice.toLowerCase()));
}

/** Identifiers count by their parts: `access_denied`, `TimeoutError`. */
export function namesFailure(word: string): boolean {
  const parts = word.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9'’]+/);
  return parts.some((part) => FAILURE_WORDS.has(part.toLowerCase()) || FAILURE_STEM.test(part));
}
