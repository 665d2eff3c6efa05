import type { Content, ContentBlock, Page, Section } from '../docs/site/page.ts';
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

export function readContent(content: Content): Reading {
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
