import type { Candidate, Evidence, Gap, GapKind, ScenarioCoverage } from '../../coverage/coverage.ts';
import { matchesPages } from '../../docs/site/page-globs.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Scenario } from '../../registry/registry.ts';
import { type Finding, type FindingKind, findingAt } from './finding.ts';
import { listed, nameOf, plainPhrase, quoted, sectionAt } from './wording.ts';

const KIND_OF: Record<GapKind, FindingKind> = {
  cause: 'missing-cause',
  link: 'missing-link',
  'broken-link': 'broken-link',
  'only-in-sample': 'only-in-sample',
  hidden: 'hidden-page',
  forbidden: 'forbidden-phrase',
  elsewhere: 'documented-elsewhere',
};

type Words = [message: string, advice: string];

interface Place {
  path: string;
  line: number;
}

/**
 * One finding for each gap of a scenario, none where it is covered or waived.
 *
 * @param blocks whether a gap blocks; null stands for a scenario that is missing
 */
export function gapFindings(coverage: ScenarioCoverage, site: Site, blocks: (gap: Gap | null) => boolean): Finding[] {
  const { scenario } = coverage;
  const finding = (kind: FindingKind, place: Place, [message, advice]: Words, gap: Gap | null): Finding => ({
    ...findingAt(kind, scenario, place, `${scenario.title}: ${message}`, advice),
    blocking: blocks(gap),
  });
  if (coverage.state === 'missing') {
    const page = firstPage(scenario, site);
    return [finding('missing-scenario', page ?? scenario.place, missingWords(scenario, page), null)];
  }
  if (coverage.state !== 'partial') return [];
  const evidence = coverage.evidence[0] as Evidence;
  const candidate = coverage.candidates.find((other) => other.evidence === evidence);
  return coverage.gaps.map((gap) => {
    const place = (candidate && matchOf(gap, candidate)) ?? evidence;
    const wanting = gap.kind === 'elsewhere' ? firstPage(scenario, site) : null;
    return finding(KIND_OF[gap.kind], wanting ?? place, wordsFor(gap, scenario, evidence, place), gap);
  });
}

/** The top of the first page that stands where readers look, by the order of `pages`; null if there is none. */
function firstPage(scenario: Scenario, site: Site): Place | null {
  for (const glob of scenario.pages) {
    const page = site.pages.find((at) => matchesPages(at, [glob]));
    if (page) return { path: page.path, line: 1 };
  }
  return null;
}

/** The broken link, the forbidden words or the sample; other gaps have no place of their own. */
function matchOf(gap: Gap, candidate: Candidate): Place | null | undefined {
  if (gap.kind === 'only-in-sample') return candidate.trigger;
  if (gap.kind === 'forbidden') return candidate.forbidden.find(({ term }) => term === gap.detail);
  if (gap.kind !== 'broken-link') return null;
  return candidate.requirements.find(({ term, broken }) => broken && term === gap.detail)?.match;
}

function missingWords(scenario: Scenario, page: Place | null): Words {
  const name = nameOf(scenario);
  const joint = scenario.links.length > 0 ? ',' : ' and';
  const causes = scenario.causes.length > 0 ? `${joint} says why it happens (${causesOf(scenario)})` : '';
  const links = scenario.links.length > 0 ? ` and links to ${listed(scenario.links)}` : '';
  return [
    `no section of ${page?.path ?? 'the docs'} names ${name}.`,
    `Add a section ${page ? `to ${page.path} ` : ''}that names ${name}${causes}${links}.`,
  ];
}

function wordsFor({ kind, detail }: Gap, scenario: Scenario, evidence: Evidence, { path, line }: Place): Words {
  const section = quoted(evidence.label);
  const at = sectionAt(evidence);
  const said = plainPhrase(detail);
  switch (kind) {
    case 'cause':
      if (detail !== '')
        return [`${section} does not say why it happens: ${said}.`, `Say in ${at} why it happens: ${said}.`];
      return [
        `${section} mentions ${nameOf(scenario)} only in passing.`,
        `Give it a section of its own near ${at} that names it and says why it happens.`,
      ];
    case 'link':
      return [`${section} does not link to the fix, ${detail}.`, `Link to ${detail} from ${at}.`];
    case 'broken-link':
      return [`${section} links to ${detail}, which leads nowhere.`, brokenLinkAdvice(detail)];
    case 'only-in-sample':
      return [
        `\`${detail}\` stands only in a code sample or on a card of ${section}.`,
        `Explain it in prose beside the sample (${path}:${line}): ${explanation(scenario)}.`,
      ];
    case 'hidden':
      return [
        `${section} speaks of it, but readers cannot find the page.`,
        `Publish ${evidence.path}, or document the failure on a page that readers can find.`,
      ];
    case 'forbidden':
      return [
        `${section} says “${said}”, which the registry rules out here.`,
        `Take it out of ${section} (${path}:${line}).`,
      ];
    case 'elsewhere':
      return [
        `${at} documents it, but nothing on ${listed(scenario.pages)} names it.`,
        `Name ${nameOf(scenario)} on ${listed(scenario.pages, 'or')} and link to ${at}.`,
      ];
  }
}

function brokenLinkAdvice(url: string): string {
  const [route, anchor] = url.split('#');
  const back = anchor ? `Put back what #${anchor} led to` : 'Put back the page';
  return `${back}, or add a redirect from ${route}; where it has moved, link to its new place.`;
}

/** What prose must say of the scenario, in words for its author. */
function explanation(scenario: Scenario): string {
  const why =
    scenario.causes.length > 0 ? `why it happens (${causesOf(scenario)})` : 'what it means and why it happens';
  return scenario.links.length > 0 ? `${why}, with a link to ${listed(scenario.links)}` : why;
}

function causesOf(scenario: Scenario): string {
  return listed(scenario.causes.map(plainPhrase));
}
