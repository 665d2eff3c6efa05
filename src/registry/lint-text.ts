import type { Mistake, Scenario } from './registry.ts';
import { mistakeIn } from './scenario-mistake.ts';
import { MAY_BE_UNSCRUBBED, UNSCRUBBED_PATTERNS } from './unscrubbed-patterns.ts';

const LISTS = ['codes', 'symptoms', 'except', 'causes', 'links', 'never', 'pages', 'quotes', 'followUps'] as const;

type Found = Pick<(typeof UNSCRUBBED_PATTERNS)[number], 'name' | 'replacement' | 'severity'>;

const PRIVATE_NAME: Found = {
  name: 'a name or domain that the registry calls private',
  replacement: '[name]',
  severity: 'warning',
};

/** What must not be public in any text of a scenario, once for each place and sort. */
export function lintText(scenario: Scenario, privateNames: RegExp | null): Mistake[] {
  const mistakes: Mistake[] = [];
  const look = (field: string, text: string | null | undefined, index?: number) => {
    for (const found of text ? findIn(field, text, privateNames) : []) {
      mistakes.push(mistakeIn(scenario, index === undefined ? field : `${field}.${index}`, saidOf(field, found)));
    }
  };
  const { id, title, audience, owner, impact, waive } = scenario;
  look('id', id);
  look('title', title);
  for (const list of LISTS) for (const [index, text] of scenario[list].entries()) look(list, text, index);
  look('audience', audience);
  look('owner', owner);
  look('impact.environment', impact?.environment);
  look('waive.reason', waive?.reason);
  look('waive.by', waive?.by);
  for (const [index, text] of waive?.pages.entries() ?? []) look('waive.pages', text, index);
  return mistakes;
}

function findIn(field: string, text: string, privateNames: RegExp | null): Found[] {
  // A link may be a mail address; what else it holds is looked at like all text.
  const rest = field === 'links' ? text.replace(/^mailto:[^?]*/, '') : text;
  const found = MAY_BE_UNSCRUBBED.test(rest) ? findPatterns(field, rest) : [];
  if (privateNames && rest.normalize('NFC').search(privateNames) >= 0) found.push(PRIVATE_NAME);
  return found;
}

function findPatterns(field: string, text: string): Found[] {
  const found: Found[] = [];
  let rest = text;
  for (const kind of UNSCRUBBED_PATTERNS) {
    if (kind.allowedIn.includes(field)) continue;
    const scrubbed = rest.replace(kind.pattern, kind.replacement);
    if (scrubbed !== rest) found.push(kind);
    rest = scrubbed;
  }
  return found;
}

function saidOf(field: string, { name, replacement, severity }: Found) {
  return {
    kind: 'unscrubbed-text' as const,
    severity,
    message: `"${field}" holds ${name}, which must not be public`,
    advice: `Write a neutral word such as ${replacement} in its place.`,
  };
}
