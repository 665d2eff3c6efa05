import type { Mistake, Scenario } from './registry.ts';
import { mistakeIn } from './scenario-mistake.ts';
import { MAY_BE_UNSCRUBBED, UNSCRUBBED_PATTERNS } from './unscrubbed-patterns.ts';

const LISTS = ['codes', 'symptoms', 'except', 'causes', 'links', 'never', 'pages', 'quotes', 'followUps'] as const;

/** What must not be public in any text of a scenario, once for each place and sort. */
export function lintText(scenario: Scenario, privateNames: RegExp | null): Mistake[] {
  return textsOf(scenario).flatMap(({ path, text }) => lintField(scenario, path, text, privateNames));
}

function textsOf(scenario: Scenario): { path: string; text: string }[] {
  const { id, title, audience, owner, impact, waive } = scenario;
  const single = {
    id,
    title,
    audience,
    owner,
    'impact.environment': impact?.environment,
    'waive.reason': waive?.reason,
    'waive.by': waive?.by,
  };
  const lists = {
    ...Object.fromEntries(LISTS.map((name) => [name, scenario[name]])),
    'waive.pages': waive?.pages ?? [],
  };
  return [
    ...Object.entries(single).flatMap(([path, text]) => (text ? [{ path, text }] : [])),
    ...Object.entries(lists).flatMap(([name, texts]) =>
      texts.map((text, index) => ({ path: `${name}.${index}`, text })),
    ),
  ];
}

function lintField(scenario: Scenario, path: string, text: string, privateNames: RegExp | null): Mistake[] {
  const field = path.replace(/\.\d+$/, '');
  const found: { name: string; replacement: string; severity: 'error' | 'warning' }[] = [];
  // A link may be a mail address; what else it holds is looked at like all text.
  let rest = (field === 'links' ? text.replace(/^mailto:[^?]*/, '') : text).normalize('NFC');
  if (MAY_BE_UNSCRUBBED.test(rest)) {
    for (const kind of UNSCRUBBED_PATTERNS) {
      if (kind.allowedIn.includes(field)) continue;
      const scrubbed = rest.replace(kind.pattern, kind.replacement);
      if (scrubbed !== rest) found.push(kind);
      rest = scrubbed;
    }
  }
  if (privateNames && rest.search(privateNames) !== -1) {
    found.push({
      name: 'a name or domain that the registry calls private',
      replacement: '[name]',
      severity: 'warning',
    });
  }
  return found.map(({ name, replacement, severity }) =>
    mistakeIn(scenario, path, {
      kind: 'unscrubbed-text',
      severity,
      message: `"${field}" holds ${name}, which must not be public`,
      advice: `Write a neutral word such as ${replacement} in its place.`,
    }),
  );
}
