import type { Finding } from '../../review/findings/finding.ts';
import { docsUrl } from '../../review/findings/finding.ts';
import type { Audit } from '../../review/review.ts';
import { isGap } from '../words/story.ts';
import { code, type Html, html, link, NOTHING, prose } from './escape-html.ts';
import { type Around, scenarioAnchor } from './scenario-details.ts';
import { filePlace, findingText } from './scenario-parts.ts';

/** What the docs cannot mend. */
export function productFollowUps({ scenarios }: Audit): Html {
  const items = scenarios.flatMap(({ coverage: { scenario } }) =>
    scenario.followUps.map(
      (followUp) =>
        html`<li>${prose(followUp)} <a href="#${scenarioAnchor(scenario.id)}">${code(scenario.id)}</a></li>`,
    ),
  );
  return list('For the product, not fixable in docs', items);
}

/** Mistakes in the registry, waivers to look at, pages that cannot be read: all that is no scenario's gap. */
export function alsoNoticed({ findings }: Audit, around: Around): Html {
  const items = findings.filter((finding) => !isGap(finding)).map((finding) => noticed(finding, around));
  return list('Also noticed', items);
}

/** Kinds that stand in the registry's own files. */
const OF_REGISTRY: ReadonlySet<Finding['kind']> = new Set([
  'registry-invalid',
  'registry-warning',
  'unscrubbed-text',
  'waiver-expired',
  'waiver-unneeded',
] satisfies Finding['kind'][]);

function noticed(finding: Finding, { web, isRegistryInCommit }: Around): Html {
  const { kind, severity, path, line, endLine } = finding;
  const isInCommit = isRegistryInCommit || !OF_REGISTRY.has(kind);
  const at =
    path === null
      ? NOTHING
      : isInCommit
        ? filePlace({ path, line, endLine }, web)
        : code(`${path}${line === null ? '' : `:${line}`}`);
  return html`<li><span class="severity ${severity}">${severity}</span> ${at} ${findingText(finding)} ${link(docsUrl(kind), kind)}</li>`;
}

function list(title: string, items: readonly Html[]): Html {
  return items.length === 0
    ? NOTHING
    : html`<section>\n<h2>${title}</h2>\n<ul class="listed">${items}</ul>\n</section>\n`;
}
