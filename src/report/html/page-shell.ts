import { FILL_PATTERNS, MARK_SYMBOLS } from './coverage-charts.ts';
import { type Html, html, isolated, NOTHING, trusted } from './escape-html.ts';
import { STYLE, STYLE_HASH } from './page-style.ts';

/**
 * The page's script: it searches scenarios by words and states, opens the scenario in the address, and opens everything
 * before printing. The page can be read without it.
 */
export const SCRIPT = `
const form = document.querySelector('form');
const all = [...document.querySelectorAll('details.scenario')];
const openTarget = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const holder = target && target.closest('details');
  if (holder) holder.open = true, target.scrollIntoView();
};
addEventListener('hashchange', openTarget);
openTarget();
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')];
  for (const each of closed) each.open = true;
});
addEventListener('afterprint', () => { for (const each of closed) each.open = false; });
if (form) {
  const texts = new Map();
  const textOf = (each) => {
    if (!texts.has(each)) texts.set(each, each.textContent.toLowerCase());
    return texts.get(each);
  };
  const filter = () => {
    const words = form.words.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const states = [...form.querySelectorAll('[name=state]:checked')].map(({ value }) => value);
    let shown = 0;
    for (const each of all) {
      each.hidden = !(states.includes(each.dataset.state) && words.every((word) => textOf(each).includes(word)));
      if (!each.hidden) shown += 1;
    }
    for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('details.scenario:not([hidden])');
    form.querySelector('output').value = shown === all.length ? '' : shown + ' of ' + all.length + ' shown';
  };
  let waiting;
  form.addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('click', ({ target }) => {
    if (!target.dataset.open) return;
    for (const each of all) if (!each.hidden) each.open = target.dataset.open === 'yes';
  });
  form.hidden = false;
}
`;

/** The hash of the script above, for the page's policy. */
export const SCRIPT_HASH = 'sha256-xlDAtk4FhVNyvfDFF8VCj/iVzXvVgJ6S12DjHzfTg+g=';

/** The page loads nothing, and runs and applies only the script and the style with these hashes. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

interface PageParts {
  /** What the page is. */
  title: string;
  /** The repository that it is about; null where it is not known. */
  repository: string | null;
  header: Html;
  main: Html;
  /** Signpost's version. */
  version: string;
}

/** A whole page in one file: no network, readable without its script. */
export function renderPage({ title, repository, header, main, version }: PageParts): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Signpost">
<link rel="icon" href="data:,">
<title>${title}${repository !== null && html` of ${repository}`}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<svg class="shapes" width="0" height="0" aria-hidden="true"><defs>${MARK_SYMBOLS}${FILL_PATTERNS}</defs></svg>
<header>
<p class="eyebrow">${title}${repository === null ? NOTHING : html` of ${isolated(repository)}`}</p>
${header}
</header>
<main>
${main}
</main>
<footer>
<p>Made by Signpost ${version}. <code>signpost explain ID</code> shows every section that was looked at for a scenario.</p>
</footer>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
}
