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

interface Words {
  message: string;
  advice: string;
}

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
  if (coverage.state === 'missing') return [missingFinding(coverage.scenario, site, blocks(null))];
  if (coverage.state !== 'partial') return [];
  return coverage.gaps.map((gap) => {
    const kind = KIND_OF[gap.kind];
    const place = placeOf(gap, coverage);
    const words = wordsFor(gap, coverage.scenario, place.evidence, place);
    const wanting = gap.kind === 'elsewhere' ? firstPage(coverage.scenario, site) : null;
    return finding(kind, coverage.scenario, wanting ? { path: wanting, line: 1 } : place, words, blocks(gap));
  });
}

function finding(kind: FindingKind, scenario: Scenario, place: Place, words: Words, blocking: boolean): Finding {
  const message = `${scenario.title}: ${words.message}`;
  return { ...findingAt(kind, scenario, place, message, words.advice), blocking };
}

function missingFinding(scenario: Scenario, site: Site, blocking: boolean): Finding {
  const page = firstPage(scenario, site);
  const place = page ? { path: page, line: 1 } : { path: scenario.place.path, line: scenario.place.line };
  const joint = scenario.links.length > 0 ? ',' : ' and';
  const causes = scenario.causes.length > 0 ? `${joint} says why it happens (${causesOf(scenario)})` : '';
  const links = scenario.links.length > 0 ? ` and links to ${listed(scenario.links)}` : '';
  const words = {
    message: `no section of ${page ?? 'the docs'} names ${nameOf(scenario)}.`,
    advice: `Add a section ${page ? `to ${page} ` : ''}that names ${nameOf(scenario)}${causes}${links}.`,
  };
  return finding('missing-scenario', scenario, place, words, blocking);
}

/** The first page that stands where the scenario's readers look, by the order of `pages`; null if there is none. */
function firstPage(scenario: Scenario, site: Site): string | null {
  for (const glob of scenario.pages) {
    const page = site.pages.find((at) => matchesPages(at, [glob]));
    if (page) return page.path;
  }
  return null;
}

function causesOf(scenario: Scenario): string {
  return listed(scenario.causes.map(plainPhrase));
}

/** The line of the broken link or of the forbidden words, else that of the section. */
function placeOf(gap: Gap, coverage: ScenarioCoverage): Place & { evidence: Evidence } {
  const evidence = coverage.evidence[0] as Evidence;
  const candidate = coverage.candidates.find((other) => other.evidence === evidence);
  const match = candidate && matchOf(gap, candidate);
  const { path, line } = match ?? evidence;
  return { path, line, evidence };
}

function matchOf(gap: Gap, candidate: Candidate): Place | null | undefined {
  if (gap.kind === 'only-in-sample') return candidate.trigger;
  if (gap.kind === 'forbidden') return candidate.forbidden.find(({ term }) => term === gap.detail);
  if (gap.kind !== 'broken-link') return null;
  return candidate.requirements.find(({ term, broken }) => broken && term === gap.detail)?.match;
}

function wordsFor(gap: Gap, scenario: Scenario, evidence: Evidence, place: Place): Words {
  const section = quoted(evidence.label);
  const at = sectionAt(evidence);
  switch (gap.kind) {
    case 'cause':
      return causeWords(gap.detail, scenario, section, at);
    case 'link':
      return {
        message: `${section} does not link to the fix, ${gap.detail}.`,
        advice: `Link to ${gap.detail} from ${at}.`,
      };
    case 'broken-link':
      return {
        message: `${section} links to ${gap.detail}, which leads nowhere.`,
        advice: brokenLinkAdvice(gap.detail),
      };
    case 'only-in-sample':
      return {
        message: `\`${gap.detail}\` stands only in a code sample or on a card of ${section}.`,
        advice: `Explain it in prose beside the sample (${place.path}:${place.line}): ${explanation(scenario)}.`,
      };
    case 'hidden':
      return {
        message: `${section} speaks of it, but readers cannot find the page.`,
        advice: `Publish ${evidence.path}, or document the failure on a page that readers can find.`,
      };
    case 'forbidden':
      return {
        message: `${section} says “${plainPhrase(gap.detail)}”, which the registry rules out here.`,
        advice: `Take it out of ${quoted(evidence.label)} (${place.path}:${place.line}).`,
      };
    case 'elsewhere':
      return {
        message: `${sectionAt(evidence)} documents it, but nothing on ${listed(scenario.pages)} names it.`,
        advice: `Name ${nameOf(scenario)} on ${listed(scenario.pages, 'or')} and link to ${at}.`,
      };
  }
}

function brokenLinkAdvice(url: string): string {
  const [route, anchor] = url.split('#');
  const back = anchor ? `Put back what #${anchor} led to` : 'Put back the page';
  return `${back}, or add a redirect from ${route}; where it has moved, link to its new place.`;
}

/** What prose must say of the scenario, for the author's ears. */
function explanation(scenario: Scenario): string {
  const why =
    scenario.causes.length > 0 ? `why it happens (${causesOf(scenario)})` : 'what it means and why it happens';
  return scenario.links.length > 0 ? `${why}, with a link to ${listed(scenario.links)}` : why;
}

function causeWords(cause: string, scenario: Scenario, section: string, at: string): Words {
  if (cause === '') {
    const message = `${section} mentions ${nameOf(scenario)} only in passing.`;
    return { message, advice: `Give it a section of its own near ${at} that names it and says why it happens.` };
  }
  const why = plainPhrase(cause);
  return { message: `${section} does not say why it happens: ${why}.`, advice: `Say in ${at} why it happens: ${why}.` };
}
