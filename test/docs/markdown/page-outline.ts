import type { PageFacts } from '../../../src/docs/markdown/page-facts.ts';
import { parsePage } from '../../../src/docs/markdown/parse-page.ts';

export const mdx = (text: string): PageFacts => parsePage(text, 'mdx');
export const md = (text: string): PageFacts => parsePage(text, 'md');

/** One line for each section, indented under its parent: `details 3-7 Tokens are blank`. */
export function outline(facts: PageFacts): string[] {
  const depths: number[] = [];
  return facts.sections.map(({ kind, depth, parent, label, line, endLine }, i) => {
    depths[i] = parent < 0 ? 0 : (depths[parent] as number) + 1;
    return `${'  '.repeat(depths[i])}${kind}${depth || ''} ${line}-${endLine} ${label}`.trimEnd();
  });
}

/** One line for each block: `prose 3 in Setup: Install the package.` */
export function blocks(facts: PageFacts): string[] {
  return facts.blocks.map(({ kind, line, section, text }) => {
    const { label } = facts.sections[section] as { label: string };
    return `${kind} ${line} in ${label || '-'}: ${text}`;
  });
}

/** The texts of the page's prose. */
export function prose(facts: PageFacts): string[] {
  return facts.blocks.filter(({ kind }) => kind === 'prose').map(({ text }) => text);
}

/** Every link as `url line`. */
export function links(facts: PageFacts): string[] {
  return facts.blocks.flatMap((block) => block.links.map(({ url, line }) => `${url} ${line}`));
}
