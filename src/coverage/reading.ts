import type { LineRange } from '../docs/regions.ts';
import type { Content, ContentBlock, Page, Section } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import { Recent } from './recent.ts';
import { indexTokens, type TokenIndex } from './token-index.ts';
import { labelsOf } from './unit.ts';

/** A block that may name a failure, with its section. */
export interface ReadBlock {
  block: ContentBlock;
  section: Section;
}

/** One page made ready for matching; everything in it is worked out when first asked for. */
export interface Reading {
  page: Page;
  content: Content;
  blocks: readonly ReadBlock[];
  index(block: ContentBlock): TokenIndex;
  labels(section: Section): readonly TokenIndex[];
}

/** The index of a page's words is far larger than the page: pages are read again, where a site names a failure on many. */
const MOST_READINGS = 64;

const readings = new WeakMap<Site, Recent<Content, Reading>>();

/**
 * Reads a page for matching; the same content is read once.
 * @param lines of its own file that matter; without them the whole page
 */
export function readPage(site: Site, page: Page, lines?: readonly LineRange[]): Reading {
  const content = lines ? site.readLines(page, lines) : site.read(page);
  const recent = readings.get(site) ?? new Recent<Content, Reading>(MOST_READINGS);
  readings.set(site, recent);
  const known = recent.get(content);
  if (known) return known;
  const reading = createReading(content);
  recent.set(content, reading);
  return reading;
}

function createReading(content: Content): Reading {
  const indexes = new Map<ContentBlock, TokenIndex>();
  const labels = new Map<Section, TokenIndex[]>();
  const blocks = content.sections.flatMap((section) => section.blocks.map((block) => ({ block, section })));
  const index = (block: ContentBlock) => {
    let found = indexes.get(block);
    if (!found) {
      found = indexTokens(block.text, block.kind === 'label' || block.kind === 'row');
      indexes.set(block, found);
    }
    return found;
  };
  return {
    page: content.page,
    content,
    blocks,
    index,
    labels: (section) => {
      let found = labels.get(section);
      if (!found) {
        found = labelsOf(section).map((label) => indexTokens(label, true));
        labels.set(section, found);
      }
      return found;
    },
  };
}
