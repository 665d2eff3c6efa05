import { isFunctionStem } from '../coverage/phrase.ts';
import { termsOf } from '../coverage/scenario-terms.ts';
import { tokenize } from '../coverage/terms.ts';
import type { Section } from '../docs/page.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Finding } from './review.ts';
import { sectionFinding } from './section-findings.ts';
import { sectionAt } from './wording.ts';

/** The registry's own limit for a symptom. */
const MAX_WORDS = 4;

/** Asks for the words by which a section now names a failure, so that the registry knows them as well. */
export function proposePhrase(scenario: Scenario, section: Section): Finding {
  const at = sectionAt({ label: section.label || section.page.title, path: section.path, line: section.line });
  const message = `${scenario.title}: ${at} says it in words that the registry does not know.`;
  return sectionFinding('registry-warning', scenario, section, message, adviceFor(scenario, section));
}

/** Where a message is a code, only a code makes the section count; else a symptom does. */
function adviceFor(scenario: Scenario, section: Section): string {
  const entry = `\`${scenario.id}\` (${scenario.place.path}:${scenario.place.line})`;
  const prose = section.blocks.find((block) => block.kind === 'prose')?.text ?? '';
  const holdsCode = termsOf(scenario).codes.some(({ find }) => section.blocks.some((block) => find(block.text)));
  if (scenario.codes.length > 0 && !holdsCode) {
    return `Add “${section.label || prose}” to the \`codes\` of ${entry}.`;
  }
  const words = contentWords(section.label);
  const phrase = (words.length > 1 ? words : contentWords(`${section.label} ${prose}`)).slice(0, MAX_WORDS).join(' ');
  return `Add the symptom “${phrase}” to ${entry}.`;
}

/** Whole words, as they are written; compounds are one word although they are matched by their parts. */
function contentWords(text: string): string[] {
  const words = text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[-_.'][\p{L}\p{N}\p{M}]+)*/gu);
  return [...words]
    .map(([word]) => word)
    .filter((word) => !tokenize(word).every((token) => isFunctionStem(token.stem)));
}
