/** The page's look, light and dark, on narrow screens and on paper. Nothing in a page has a style of its own. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f8fa; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --link: #0969da;
  --covered: #1a7f37; --partial: #8a5d00; --missing: #cf222e; --waived: #59636e;
  --soft-partial: #fff1c2; --soft-missing: #ffe4e1; --soft-waived: #e6eaef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --raised: #161b22; --text: #e6edf3; --faint: #9da7b1; --line: #343b44; --link: #6cb0ff;
    --covered: #3fb950; --partial: #d8a12b; --missing: #ff7b72; --waived: #9da7b1;
    --soft-partial: #3a2d0c; --soft-missing: #43191b; --soft-waived: #262c34;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 64rem; padding: 3rem 1.5rem 4rem; background: var(--ground); color: var(--text); overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: .15rem solid var(--link); outline-offset: .15rem; border-radius: .2rem; }
h1, h2, h3, h4, p, ul, dl, dd, figure, blockquote { margin: 0; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; text-wrap: balance; }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em; margin: 3rem 0 .9rem; }
h3, h4 { font-size: 1rem; }
small { font-size: .8125rem; font-weight: 400; letter-spacing: 0; color: var(--faint); display: block; }
ul { padding: 0; list-style: none; }
code { font: .875em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.eyebrow { color: var(--faint); font-size: .9rem; margin-bottom: .5rem; }
.verdict { margin-top: .7rem; max-width: 46rem; }
.verdict.fail { border-inline-start: .25rem solid var(--missing); padding-inline-start: .8rem; }
.facts { color: var(--faint); font-size: .875rem; margin-top: .7rem; }
.note { color: var(--faint); font-size: .875rem; margin-top: .5rem; }
.shapes { position: absolute; }
.mark { width: 1em; height: 1em; overflow: visible; vertical-align: -.12em; margin-inline-end: .35em; }
.state { white-space: nowrap; font-weight: 600; }
.covered { color: var(--covered); } .partial { color: var(--partial); } .missing { color: var(--missing); } .waived { color: var(--waived); }
.fill-covered { fill: var(--covered); } .fill-partial { fill: var(--partial); } .fill-missing { fill: var(--missing); }
.soft-partial { fill: var(--soft-partial); } .soft-missing { fill: var(--soft-missing); }
.bar { display: block; border-radius: .2rem; background: var(--soft-waived); }
.summary { margin-top: 2rem; }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0; margin-top: 1.2rem; border-block: 1px solid var(--line); }
.tiles div { padding: .9rem 1rem; border-inline-start: 1px solid var(--line); }
.tiles div:first-child { border: 0; padding-inline-start: 0; }
.tiles dt { font-size: .9rem; }
.tiles dd { font-size: 1.75rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.words { margin-top: .8rem; columns: 2 22rem; column-gap: 2rem; color: var(--faint); font-size: .875rem; }
.words li { break-inside: avoid; }
.contents { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin-top: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: .925rem; }
caption { text-align: start; color: var(--faint); font-size: .875rem; padding-bottom: .4rem; }
th, td { text-align: start; padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th:first-child, td:first-child { padding-inline-start: 0; }
thead th { font-size: .8125rem; font-weight: 600; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
.noise bdi { font-weight: 600; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.none { color: var(--faint); }
.room { width: 26%; vertical-align: middle; padding-inline-end: 0; }
.wide { overflow-x: auto; }
.wide svg, .wide table { min-width: 38rem; }
.trend { display: block; width: 100%; height: auto; font-size: 12px; }
.trend text { fill: var(--faint); } .trend .name { fill: var(--text); font-weight: 600; }
.trend .grid { stroke: var(--line); } .trend .axis { stroke: var(--faint); }
.edge-partial { stroke: var(--partial); } .edge-missing { stroke: var(--missing); }
.bar rect { stroke: none; }
.more > summary { color: var(--link); cursor: pointer; font-size: .925rem; padding: .5rem 0; }
form { margin-top: 3rem; display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; align-items: center; padding: .8rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; font-size: .925rem; }
form[hidden] { display: none; }
form + .group h2 { margin-top: 2rem; }
form label { display: inline-flex; align-items: center; gap: .4rem; }
form .find { flex: 1 1 14rem; }
form [type=search] { flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--faint); border-radius: .3rem; padding: .3rem .6rem; }
form button { font: inherit; color: var(--link); background: none; border: 0; padding: .2rem 0; cursor: pointer; text-decoration: underline; text-underline-offset: .15em; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
output { color: var(--faint); }
.scenario { border-top: 1px solid var(--line); }
.many .scenario { content-visibility: auto; contain-intrinsic-size: auto 4rem; }
.scenario:last-of-type { border-bottom: 1px solid var(--line); }
.scenario[hidden] { display: none; }
.scenario > summary { display: grid; grid-template-columns: 1rem 7rem 1fr auto; gap: .1rem .5rem; padding: .75rem .25rem .75rem 0; cursor: pointer; list-style: none; align-items: baseline; }
.scenario > summary::-webkit-details-marker { display: none; }
.scenario > summary::before { content: ""; width: .4rem; height: .4rem; border: solid var(--faint); border-width: 0 .11rem .11rem 0; transform: rotate(-45deg); grid-row: 1; align-self: center; }
.scenario[open] > summary::before { transform: rotate(45deg); }
.scenario > summary:hover { background: var(--raised); }
.scenario .title { font-weight: 600; overflow-wrap: anywhere; }
.scenario .lack { grid-column: 3 / -1; color: var(--faint); font-size: .9rem; overflow-wrap: anywhere; }
.gravity { color: var(--faint); font-size: .875rem; white-space: nowrap; }
.body { padding: .1rem 0 1.5rem 9rem; font-size: .95rem; scroll-margin-top: 5rem; }
.body > * + * { margin-top: 1rem; }
.body h4 { font-weight: 600; font-size: .875rem; margin-bottom: .25rem; }
.body li + li { margin-top: .5rem; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.severity { font-weight: 600; } .error { color: var(--missing); } .warning { color: var(--partial); } .notice { color: var(--faint); }
.advice, .found { color: var(--faint); }
.checks { margin-top: .25rem; font-size: .9rem; }
.body .checks li + li { margin-top: .1rem; }
.checks li { padding-inline-start: 1.5em; text-indent: -1.5em; overflow-wrap: anywhere; }
.checks q { display: block; text-indent: 0; color: var(--faint); quotes: none; }
mark { background: var(--soft-partial); color: var(--text); border-radius: .15rem; padding: 0 .1em; }
.label { font-weight: 600; }
.asked { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; font-size: .9rem; }
.asked dt { color: var(--faint); } .asked dd { overflow-wrap: anywhere; min-width: 0; }
blockquote { border-inline-start: .2rem solid var(--line); padding-inline-start: .8rem; color: var(--faint); }
.listed li { padding: .6rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.listed li:last-child { border-bottom: 1px solid var(--line); }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .875rem; }
@media (max-width: 40rem) {
  .counts .word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
  .tiles div { padding-inline: .8rem; }
  .tiles div:nth-child(odd) { border-inline-start: 0; padding-inline-start: 0; }
  .tiles div:nth-child(n + 3) { border-top: 1px solid var(--line); }
  .counts .mark { margin: 0; }
  th, td { padding-inline: .35rem; }
  .room { display: none; }
  .scenario > summary { grid-template-columns: 1rem 1fr auto; }
  .scenario .title { grid-column: 2 / -1; grid-row: 2; }
  .scenario .lack { grid-column: 2 / -1; }
  .body { padding-inline-start: 1.5rem; }
  .asked { grid-template-columns: 1fr; gap: 0; }
  .asked dd { margin-bottom: .4rem; }
}
@media print {
  :root { color-scheme: light; --ground: #ffffff; --raised: #ffffff; --text: #000000; --faint: #444444; --line: #bbbbbb; --link: #000000; --covered: #1a7f37; --partial: #8a5d00; --missing: #b3141f; --waived: #444444; --soft-partial: #ffffff; --soft-missing: #ffffff; --soft-waived: #ffffff; }
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  form, .scenario > summary::before { display: none; }
  .many .scenario { content-visibility: visible; }
  details::details-content { display: block; content-visibility: visible; }
  details:not([open]) > :not(summary) { display: block; }
  .scenario > summary { grid-template-columns: 7rem 1fr auto; padding-bottom: .3rem; break-after: avoid; }
  .scenario .lack { grid-column: 2 / -1; }
  .body { padding-inline-start: 7.5rem; padding-bottom: .8rem; }
  h2, h3, h4, caption { break-after: avoid; }
  tr, li, .tiles, figure, blockquote { break-inside: avoid; }
  .wide { overflow: visible; } .wide svg, .wide table { min-width: 0; }
  .bar { border: 1px solid var(--line); background: none; }
  mark { font-weight: 600; }
  a { text-decoration: none; }
}
`;

/** Of the style above, for the page's policy. */
export const STYLE_HASH = 'sha256-vZYFfq+SC6wgJTh6YypT0jXwxj1278/Sk5Tv6hzMREw=';
