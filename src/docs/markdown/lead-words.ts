/**
 * Words that label a part of an explanation instead of naming a failure: `**Cause**: …`, `**Fix**: …`.
 * What they introduce stays in the section around it.
 */
const PART_LABEL =
  /^(?:symptoms?|causes?|root cause|likely cause|fix|fixes|solutions?|resolution|why|how|note|errors?|issues?|workaround|diagnosis|option|step|examples?|prerequisites?)\b/i;

/** `Error: tokens are blank` names a failure where `Error:` alone does not. */
const NAMED_FAILURE = /^(?:errors?|issues?)\b\s*(?::|\d)\s*\S/i;

/** A question of readers, as in an FAQ; one about "this" belongs to the failure named before it. */
const QUESTION = /\?$/;
const ABOUT_THE_ABOVE = /\b(?:this|that|it|these|those)\b/i;

/** A whole sentence in bold is stress, not a title. */
const MOST_TITLE_WORDS = 14;

/** True for a list item's bold lead that labels a part of an explanation. */
export function labelsAPart(lead: string): boolean {
  return PART_LABEL.test(lead);
}

/** True for a bold paragraph that stands as a title over what follows. */
export function standsAsTitle(words: string): boolean {
  if (words.split(/\s+/).length > MOST_TITLE_WORDS) return false;
  if (NAMED_FAILURE.test(words)) return true;
  if (QUESTION.test(words) && !ABOUT_THE_ABOVE.test(words)) return true;
  return !PART_LABEL.test(words);
}
