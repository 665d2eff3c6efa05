import { isFunctionStem } from '../../coverage/phrase.ts';
import { termsOf } from '../../coverage/scenario-terms.ts';
import { tokenize } from '../../coverage/terms.ts';
import type { Section } from '../../docs/site/page.ts';
import type { Scenario } from '../../registry/registry.ts';
import { type Finding, findingAt } from '../findings/finding.ts';
import { sectionAt } from '../findings/wording.ts';

/** The registry's own limit for a symptom. */
const MAX_WORDS = 4;

/** Asks for the page on which a section now stands, so that the registry looks there as well. */
export function proposePage(scenario: Scenario, section: Section): Finding {
  const message = `${scenario.title}: ${placeOf(section)} stands on no page where the registry looks for it.`;
  const advice = `Add \`${section.page.name}\` to the \`pages\` of ${entryOf(scenario)}.`;
  return findingAt('registry-warning', scenario, section, message, advice);
}

/** Asks for the words by which a section now names a failure, so that the registry knows them as well. */
export function proposePhrase(scenario: Scenario, section: Section): Finding {
  const message = `${scenario.title}: ${placeOf(section)} says it in words that the registry does not know.`;
  return findingAt('registry-warning', scenario, section, message, adviceFor(scenario, section));
}

function placeOf({ label, page, path, line }: Section): string {
  return sectionAt({ label: label || page.title, path, line });
}

function entryOf({ id, place }: Scenario): string {
  return `\`${id}\` (${place.path}:${place.line})`;
}

/** Where a message is a code, only a code makes the section count; else a symptom does. */
function adviceFor(scenario: Scenario, section: Section): string {
  const entry = entryOf(scenario);
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
