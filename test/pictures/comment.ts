import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';

/** A comment as GitHub shows it, near enough to judge it as its reader: our own style sheet, none of GitHub's. */
export function commentPage(markdown: string): string {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml()],
  });
  return `<!doctype html><meta charset="utf-8"><title>comment</title><style>${STYLE}</style><main><header><b>signpost</b> <i>bot</i> commented</header><article>${html}</article></main>`;
}

const STYLE = `
body { margin: 0; background: #fff; color: #1f2328; font: 14px/1.5 "Liberation Sans", sans-serif; width: max-content }
main { margin: 16px; width: 860px; border: 1px solid #d1d9e0; border-radius: 6px }
header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; color: #59636e }
header b { color: #1f2328 } header i { border: 1px solid #d1d9e0; border-radius: 2em; padding: 0 6px; font-style: normal; font-size: 12px }
article { padding: 0 16px 8px } a { color: #0969da }
table { border-collapse: collapse; margin: 0 0 16px } th, td { border: 1px solid #d1d9e0; padding: 6px 13px; text-align: left }
tr:nth-child(2n) { background: #f6f8fa } h3 { font-size: 17px } summary { cursor: pointer }
code { background: #eff1f3; border-radius: 6px; padding: 0.2em 0.4em; font: 12px "DejaVu Sans Mono", monospace }
pre { background: #f6f8fa; border-radius: 6px; padding: 16px; overflow: hidden } pre code { background: none; padding: 0 }
sub { font-size: 12px; vertical-align: baseline; color: #59636e }`;
