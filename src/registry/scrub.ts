import { isSpaceless } from './words.ts';

/** Text that must not be public, and what stands in its place where it is shown. */
export interface UnscrubbedPattern {
  /** Completes "… must not be public". */
  name: string;
  replacement: string;
  severity: 'error' | 'warning';
  /** Global, and linear in the text: a run of characters is tried from its start only. */
  pattern: RegExp;
  /** Fields of a scenario that may hold such text. */
  allowedIn: readonly string[];
}

const NAMED_FIELDS = ['codes', 'links', 'owner', 'waive.by'];

/** Tokens that are known by their own look: cloud and code hosts, chat, payment, mail, models; JWTs; private keys. */
const TOKENS = [
  /(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])/,
  /gh[pousr]_[A-Za-z0-9]{20,}/,
  /github_pat_[A-Za-z0-9_]{20,}/,
  /glpat-[A-Za-z0-9_-]{20,}/,
  /npm_[A-Za-z0-9]{30,}/,
  /xox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/,
  /whsec_[A-Za-z0-9+/=]{10,}/,
  /sk-[A-Za-z0-9_-]{20,}/,
  /AIza[0-9A-Za-z_-]{35}/,
  /SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /(?<!-)eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?/,
];

const SECRETS = [
  new RegExp(`(?<![A-Za-z0-9_])${anyOf(TOKENS).source}`),
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY/,
  /(?<=\bBearer\s{1,3})(?=[A-Za-z._~+/=-]*\d)[A-Za-z0-9._~+/=-]{16,}/,
  // User and password of a URL, placeholders aside.
  /(?<=:\/\/)[^\s/:@]{1,64}:(?!password@|pass@|[*<{[$])[^\s/@]{1,128}(?=@)/,
  // A word such as `token` or `api_key`, then a long value that holds a digit.
  /(?<=(?:key|secret|token|password|passwd|pwd)["']?\s{0,2}[=:]\s{0,2}["']?)(?<![A-Za-z0-9+/_-])(?=[A-Za-z+/_-]*\d)[A-Za-z0-9+/_=-]{16,}/,
];

/** A help centre is public; the desk behind it is not. */
const SUPPORT_SITES = [
  /(?:[\w-]+\.)+zendesk\.com(?!\/hc\b)/,
  /(?:[\w-]+\.)+freshdesk\.com(?!\/support\/solutions\b)/,
  /(?:[\w-]+\.)+atlassian\.net\/(?:browse|jira|servicedesk)\b/,
  /(?:[\w-]+\.)+gorgias\.com/,
  /(?:[\w-]+\.)+lightning\.force\.com/,
  /(?:[\w-]+\.)+slack\.com\/archives\b/,
  /app\.(?:intercom\.(?:com|io)|frontapp\.com|hubspot\.com|plain\.com|usepylon\.com)/,
  /secure\.helpscout\.net/,
  /linear\.app\/[\w-]+\/issue\b/,
  /desk\.zoho\.com/,
];

/** Projects of support and engineering trackers: other prefixes with a number are mostly error codes or norms. */
const TICKETS = [
  /(?<![\w&/#])#\d{3,12}(?![\w-])/,
  /(?<![\w-])(?:SUP|SUPPORT|HELP|TICKET|TKT|CASE|CS|CX|ESC|ZD|INC|JIRA|BUG|ENG|OPS|DEV|CUST)-\d{2,7}(?![\w-])/,
  /(?<=\b[Tt]icket\s(?:no\.?\s|number\s|id\s)?|\b[Cc]ase\s(?:no\.?|number|id)\s)\d{3,12}(?![\w-])/,
];

/** Prefixed ids such as `org_`, and UUIDs. */
const ACCOUNT_IDS = [
  /(?<![A-Za-z0-9_-])[a-z]{2,12}_(?=[A-Za-z]*\d)[A-Za-z0-9]{8,}(?![A-Za-z0-9_])/,
  /(?<![A-Za-z0-9_-])[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?![A-Za-z0-9_-])/,
];

/** Not an address: `git@host`, a package with a version, `logo@2x.png`, domains kept for examples (RFC 2606). */
const EMAIL =
  /(?<![A-Za-z0-9._%+-])(?!git@)[A-Za-z0-9._%+-]+@(?!\d+\.\d|(?:[A-Za-z0-9-]+\.)*(?:example\.(?:com|net|org)|example|test|invalid)(?![\w-]|\.\w))(?:[A-Za-z0-9-]+\.)+(?!(?:png|jpe?g|gif|svg|webp)\b)[A-Za-z]{2,}/;

const PHONES = [
  /(?<![\w+.-])\+\d{1,3}(?:[\s().-]{0,2}\d){7,13}(?![\w-])/,
  /(?<![\w+.-])(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w.-])/,
];

/** In the order in which they are looked for: a secret inside a URL is a secret. */
export const UNSCRUBBED_PATTERNS: readonly UnscrubbedPattern[] = [
  {
    name: 'a secret or token',
    replacement: '[secret]',
    severity: 'error',
    pattern: anyOf(SECRETS, 'g'),
    allowedIn: [],
  },
  {
    name: 'an address of a support system',
    replacement: '[support link]',
    severity: 'warning',
    pattern: new RegExp(`(?<![\\w.-])(?:https?://)?(?<![\\w-])${anyOf(SUPPORT_SITES).source}[^\\s)\\]>"']*`, 'gi'),
    allowedIn: [],
  },
  {
    name: 'an e-mail address',
    replacement: '[e-mail]',
    severity: 'error',
    pattern: anyOf([EMAIL], 'g'),
    allowedIn: [],
  },
  {
    name: 'an account id',
    replacement: '[id]',
    severity: 'warning',
    pattern: anyOf(ACCOUNT_IDS, 'g'),
    allowedIn: NAMED_FIELDS,
  },
  {
    name: 'a ticket number',
    replacement: '[ticket]',
    severity: 'warning',
    pattern: anyOf(TICKETS, 'g'),
    allowedIn: NAMED_FIELDS,
  },
  {
    name: 'a phone number',
    replacement: '[phone]',
    severity: 'warning',
    pattern: anyOf(PHONES, 'g'),
    allowedIn: ['codes', 'links'],
  },
];

function anyOf(patterns: readonly RegExp[], flags = ''): RegExp {
  return new RegExp(`(?:${patterns.map(({ source }) => source).join('|')})`, flags);
}

/** Matches every text that one of the patterns may match. Most texts of a registry need no further look. */
export const MAY_BE_UNSCRUBBED =
  /[\d@]|-----BEGIN|\.(?:com|net|io|app)|AKIA|ASIA|gh[pousr]_|_pat_|glpat-|npm_|xox|[rs]k_|whsec_|sk-|AIza|SG\.|eyJ/i;

/** Does to one text what `scrubber` does. */
export function scrub(text: string, privateWords: readonly string[] = []): string {
  return scrubber(privateWords)(text);
}

/**
 * Gives a function that puts neutral words (`[e-mail]`, `[id]`, `[name]`) in the place of whatever must not be public,
 * in time linear in the text. `privateWords` are the registry's `private` names and domains.
 */
export function scrubber(privateWords: readonly string[]): (text: string) => string {
  const names = privatePattern(privateWords);
  return (text) => {
    let scrubbed = text;
    if (MAY_BE_UNSCRUBBED.test(text)) {
      for (const { pattern, replacement } of UNSCRUBBED_PATTERNS) scrubbed = scrubbed.replace(pattern, replacement);
    }
    return names ? scrubbed.normalize('NFC').replace(names, '[name]') : scrubbed;
  };
}

/**
 * The names and domains that a registry calls private, whole and in any case; null where there are none.
 * A space in a name stands for any white space. The text must be in Unicode's normal form C.
 */
export function privatePattern(words: readonly string[]): RegExp | null {
  const names = words
    .map((word) => word.trim().normalize('NFC'))
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length);
  return names.length === 0 ? null : new RegExp(names.map(wholeName).join('|'), 'giu');
}

function wholeName(name: string): string {
  const characters = [...name];
  const before = isSpaceless(characters[0]!) ? '' : '(?<![\\p{L}\\p{N}_])';
  const after = isSpaceless(characters.at(-1)!) ? '' : '(?![\\p{L}\\p{N}_])';
  return before + name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s{1,5}') + after;
}
