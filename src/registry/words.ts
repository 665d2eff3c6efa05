/** Words that carry no meaning of their own. Negations are not among them, because they carry one. */
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

/** How other words that say so begin. */
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

/** Whether a word says that something went wrong. The parts of an identifier count: `access_denied`, `TimeoutError`. */
export function namesFailure(word: string): boolean {
  const parts = word.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9'’]+/);
  return parts.some((part) => FAILURE_WORDS.has(part.toLowerCase()) || FAILURE_STEM.test(part));
}

/** Scripts that put no space between words, so that nobody can see where a name ends. */
const SPACELESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Whether a text is written in a script without spaces between words. */
export function isSpaceless(text: string): boolean {
  return SPACELESS.test(text);
}
