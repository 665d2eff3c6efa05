import { type ContentBlock, lineAt, type Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Match, Requirement } from './coverage.ts';
import { compareLink, type RequiredLink } from './links.ts';
import { matchInBlock, type Span } from './match-phrase.ts';
import type { Phrase } from './phrase.ts';
import type { Reading } from './reading.ts';
import { termsOf } from './scenario-terms.ts';

const whereOf = { label: 'label', row: 'row', code: 'sample', attribute: 'card', prose: 'prose', head: 'row' } as const;

/** Where a block's words stand, in the words of a match. */
export function matchAt(
  field: Match['field'],
  term: string,
  block: ContentBlock,
  { words, inText: spans, inLabels = [] }: { words: string[]; inText: readonly Span[]; inLabels?: readonly string[] },
): Match {
  const line = lineAt(block, spans[0]?.start ?? 0);
  const found = { block, spans, inLabels };
  return { field, term, words, path: block.path, line, where: whereOf[block.kind], found };
}

/** A cause stands within one block of prose, never in a sample. */
export function causesIn(blocks: readonly ContentBlock[], scenario: Scenario, reading: Reading): Requirement[] {
  return termsOf(scenario).causes.map((cause) => ({
    kind: 'cause',
    term: cause.source,
    match: causeIn(blocks, cause, reading),
  }));
}

function causeIn(blocks: readonly ContentBlock[], cause: Phrase, reading: Reading): Match | null {
  for (const block of blocks) {
    if (block.kind !== 'prose' && block.kind !== 'label' && block.kind !== 'row') continue;
    const found = matchInBlock(cause, reading.index(block));
    if (found) return matchAt('cause', cause.source, block, found);
  }
  return null;
}

/** @param required one entry for each of the scenario's links, in order; null where there is no page to resolve from */
export function linksIn(
  blocks: readonly ContentBlock[],
  scenario: Scenario,
  required: readonly (RequiredLink | null)[],
  site: Site,
  from: Page,
): Requirement[] {
  return scenario.links.map((term, i) => {
    const link = required[i];
    return link ? linkIn(blocks, link, site, from) : { kind: 'link', term, match: null };
  });
}

function linkIn(blocks: readonly ContentBlock[], required: RequiredLink, site: Site, from: Page): Requirement {
  let stale: Match | null = null;
  for (const block of blocks) {
    for (const link of block.links) {
      const same = compareLink(link.url, from, required, site);
      if (same === null) continue;
      const match: Match = {
        field: 'link',
        term: required.url,
        words: [link.url],
        path: block.path,
        line: link.line,
        where: whereOf[block.kind],
      };
      if (same === 'same') return present(required, match);
      stale ??= match;
    }
  }
  return stale ? { kind: 'link', term: required.url, match: stale, broken: true } : lacking(required);
}

function present(required: RequiredLink, match: Match): Requirement {
  const requirement: Requirement = { kind: 'link', term: required.url, match };
  if (required.state === 'broken') requirement.broken = true;
  if (required.state === 'unsure') requirement.unsure = true;
  return requirement;
}

function lacking(required: RequiredLink): Requirement {
  return { kind: 'link', term: required.url, match: null };
}

/** Met: it stands there and, if it is a link, leads somewhere. */
export function isMet(requirement: Requirement): boolean {
  return requirement.match !== null && !requirement.broken;
}
