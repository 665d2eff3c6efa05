import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import type { Construct, Extension, Previous } from 'micromark-util-types';
import type { Processor } from 'unified';

/**
 * What remark-gfm adds, but only as far as the text has its marks: the parser stops for some of it at nearly every word
 * or line, though few pages hold any. A mark may be met in vain; nothing of GFM stands without it.
 */
const BY_MARK: [mark: RegExp, extension: () => Extension][] = [
  // The row of dashes below a table's header.
  [/^(?=[ \t>|:-]*$)(?=.*-).*[|:]/m, gfmTable],
  [/\[\^/, gfmFootnote],
  [/~/, gfmStrikethrough],
  [/\[[ \txX\r\n]\]/, gfmTaskListItem],
];

/** A plugin of unified: GFM for one text (https://github.github.com/gfm/). */
export function markedGfm(this: Processor, text: string): void {
  const data = this.data();
  const used = BY_MARK.flatMap(([mark, extension]) => (mark.test(text) ? extension() : []));
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), ...used, ...autolinks(text)];
  // Without its second look for bare addresses, which finds some where GitHub sees none.
  const nodes = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), ...nodes];
}

/** Bare addresses, which are looked for at every letter: only on lines that hold one. */
function autolinks(text: string): Extension[] {
  const kinds = [
    { mark: /https?:\/\/|www\./i, isKind: ({ name }: Construct) => name !== 'emailAutolink' },
    { mark: /[\w.+-]@[\w.-]/, isKind: ({ name }: Construct) => name === 'emailAutolink' },
  ];
  const all = Object.entries(gfmAutolinkLiteral().text as Record<string, Construct | Construct[]>);
  return kinds.flatMap(({ mark, isKind }) => {
    if (!mark.test(text)) return [];
    const lines = new Set(text.split(/\r\n|\n|\r/).flatMap((line, at) => (mark.test(line) ? at + 1 : [])));
    const limit = (construct: Construct): Construct => ({
      ...construct,
      previous(code) {
        return (construct.previous as Previous).call(this, code) && lines.has(this.now().line);
      },
    });
    const constructs = all.map(([code, list]) => [code, [list].flat().filter(isKind).map(limit)] as const);
    return [{ text: Object.fromEntries(constructs.filter(([, list]) => list.length > 0)) }];
  });
}
