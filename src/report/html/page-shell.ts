import { type Html, html, trusted } from './escape-html.ts';
import { SCRIPT, SCRIPT_HASH } from './page-script.ts';
import { STYLE, STYLE_HASH } from './page-style.ts';
import { FILL_PATTERNS, MARK_SYMBOLS } from './state-marks.ts';

/** Nothing is loaded and nothing is run but what stands here; both are named by their hash. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

interface PageParts {
  title: string;
  header: Html;
  main: Html;
  /** Signpost's. */
  version: string;
}

/** A whole page in one file: no network, readable without its script. */
export function renderPage({ title, header, main, version }: PageParts): string {
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
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<svg class="shapes" width="0" height="0" aria-hidden="true"><defs>${MARK_SYMBOLS}${FILL_PATTERNS}</defs></svg>
<header>
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
