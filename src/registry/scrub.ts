import { privatePattern } from './private-names.ts';
import { MAY_BE_UNSCRUBBED, UNSCRUBBED_PATTERNS } from './unscrubbed-patterns.ts';

const compiled = new WeakMap<readonly string[], RegExp | null>();

/**
 * The text with neutral words (`[e-mail]`, `[id]`, `[name]`) in the place of whatever must not be public, in
 * time linear in the text. `privateWords` are the registry's `private` names and domains.
 */
export function scrub(text: string, privateWords: readonly string[]): string {
  let scrubbed = text;
  if (MAY_BE_UNSCRUBBED.test(text)) {
    for (const { pattern, replacement } of UNSCRUBBED_PATTERNS) scrubbed = scrubbed.replace(pattern, replacement);
  }
  const names = namesPattern(privateWords);
  return names ? scrubbed.normalize('NFC').replace(names, '[name]') : scrubbed;
}

function namesPattern(words: readonly string[]): RegExp | null {
  const known = compiled.get(words);
  if (known !== undefined) return known;
  const pattern = privatePattern(words);
  compiled.set(words, pattern);
  return pattern;
}
