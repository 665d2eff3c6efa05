import { quoted } from './file-reading.ts';
import type { Mistake, Registry, Scenario } from './registry.ts';
import { MAY_BE_UNSCRUBBED, privatePattern, UNSCRUBBED_PATTERNS, type UnscrubbedPattern } from './scrub.ts';
import { FUNCTION_WORDS, isSpaceless, namesFailure } from './words.ts';

/** The words of a mistake, and the field or list item of a scenario (`links.0`) in which it is. */
type Lint = Pick<Mistake, 'kind' | 'severity' | 'message' | 'advice'> & { field: string };

/**
 * What a sound registry could say better, as far as that can be seen without a site, in registry order.
 * `today` is a UTC date, YYYY-MM-DD; a waiver holds until the end of its day.
 */
export function lintRegistry(registry: Registry, today: string): Mistake[] {
  const { docs, private: names } = registry.settings;
  const privateNames = privatePattern(names);
  const english = docs.every(({ locale }) => locale === null || /^en\b/i.test(locale));
  return registry.scenarios.flatMap((scenario) => {
    const lints = [
      ...lintSymptoms(scenario, english),
      ...lintCauses(scenario),
      ...lintWaiver(scenario, today),
      ...lintTexts(scenario, privateNames),
    ];
    return lints.map(({ field, ...said }) => {
      const place = scenario.places[field] ?? scenario.place;
      return { ...place, endLine: place.line, scenario: scenario.id, ...said };
    });
  });
}

function lintSymptoms({ symptoms }: Scenario, english: boolean): Lint[] {
  return symptoms.flatMap((symptom, index) =>
    symptomWeaknesses(symptom, english).map((weakness) => warning(`symptoms.${index}`, weakness)),
  );
}

function lintCauses({ id, causes }: Scenario): Lint[] {
  if (causes.length > 0) return [];
  const message = `${id} has no "causes", so only a label, a table row or a claim can document it`;
  return [warning('causes', { message, advice: 'Add at least one phrase for the reason that the docs must name.' })];
}

function lintWaiver({ id, waive }: Scenario, today: string): Lint[] {
  const until = waive?.until;
  // Dates of this form compare as text.
  if (!until || until >= today) return [];
  const message = `the waiver of ${id} ended on ${until}`;
  const advice = 'Document the scenario, or renew the waiver with a new date and reason.';
  return [{ ...warning('waive.until', { message, advice }), kind: 'waiver-expired' }];
}

function warning(field: string, said: Pick<Mistake, 'message' | 'advice'>): Lint {
  return { field, kind: 'registry-warning', severity: 'warning', ...said };
}

/** Longer phrases are rarely found in other people's wording. */
const MOST_WORDS = 4;

/** Why a symptom is weak as a phrase to look for. `english` says whether the docs are in English. */
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

const LISTS = ['codes', 'symptoms', 'except', 'causes', 'links', 'never', 'pages', 'quotes', 'followUps'] as const;

type Found = Pick<UnscrubbedPattern, 'name' | 'replacement' | 'severity'>;

const PRIVATE_NAME: Found = {
  name: 'a name or domain that the registry calls private',
  replacement: '[name]',
  severity: 'warning',
};

/** Text of a scenario that must not be public: one mistake for each field or item, and kind of text. */
function lintTexts(scenario: Scenario, privateNames: RegExp | null): Lint[] {
  const { id, title, audience, owner, impact, waive } = scenario;
  const texts: [field: string, text: string | null | undefined, index?: number][] = [
    ['id', id],
    ['title', title],
    ...LISTS.flatMap((list) => scenario[list].map((text, index): [string, string, number] => [list, text, index])),
    ['audience', audience],
    ['owner', owner],
    ['impact.environment', impact?.environment],
    ['waive.reason', waive?.reason],
    ['waive.by', waive?.by],
    ...(waive?.pages ?? []).map((text, index): [string, string, number] => ['waive.pages', text, index]),
  ];
  return texts.flatMap(([name, text, index]) =>
    unscrubbedIn(name, text ?? '', privateNames).map(({ name: what, replacement, severity }) => ({
      field: index === undefined ? name : `${name}.${index}`,
      kind: 'unscrubbed-text' as const,
      severity,
      message: `"${name}" holds ${what}, which must not be public`,
      advice: `Write a neutral word such as ${replacement} in its place.`,
    })),
  );
}

function unscrubbedIn(field: string, text: string, privateNames: RegExp | null): Found[] {
  // A link may be a mail address; what else it holds is looked at like all text.
  let rest = field === 'links' ? text.replace(/^mailto:[^?]*/, '') : text;
  const named = privateNames && rest.normalize('NFC').search(privateNames) >= 0 ? [PRIVATE_NAME] : [];
  if (!MAY_BE_UNSCRUBBED.test(rest)) return named;
  const found = UNSCRUBBED_PATTERNS.filter(({ allowedIn, pattern, replacement }) => {
    if (allowedIn.includes(field)) return false;
    const before = rest;
    rest = rest.replace(pattern, replacement);
    return rest !== before;
  });
  return [...found, ...named];
}
