/** Times the product's parser on one page of a million characters. Prints seconds as JSON. `tsx long-page.ts KIND` */
import { parsePage } from '../src/docs/markdown/parse-page.ts';
import { LONG_PAGES, type LongPageKind, longPage } from './site/long-pages.ts';

const kind = process.argv[2] as LongPageKind;
const text = longPage(kind);
const started = performance.now();
parsePage(text, LONG_PAGES[kind].syntax);
console.log(JSON.stringify([(performance.now() - started) / 1000]));
