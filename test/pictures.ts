/**
 * Makes the pictures of the docs anew: `npm run pictures`, or `npm run pictures -- audit-report` for some of them.
 * What they show is an invented product; Chromium is needed, see test/chromium.ts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { run } from '../src/commands/run.ts';
import { startChromium } from './chromium.ts';
import { commentPage } from './pictures/comment.ts';
import { makeLanyardDocs } from './pictures/lanyard-docs.ts';
import { studioPicture } from './pictures/studio.ts';
import { terminalPage } from './pictures/terminal.ts';
import { readExample } from './read-example.ts';
import { makeRepository, type TempRepository, tempFolder } from './temp-repository.ts';

/** Name of the file in docs/images without its ending → how it is made. */
const PICTURES: Record<string, (browser: Browser) => Promise<Buffer>> = {
  'audit-report': (browser) => pageOf(browser, ['audit', '--format', 'html', '--trend', '2026-01-01']),
  'audit-scenario': (browser) => pageOf(browser, ['audit', '--format', 'html'], '#gaps-high'),
  init: (browser) => terminal(browser, [['init']], docsWithoutRegistry()),
  import: (browser) => terminal(browser, [['registry', 'import', 'tickets.csv', '--dry-run']], docsWithTickets()),
  review: (browser) => terminal(browser, [['review', '--base', 'main']], examplePullRequest()),
  explain: (browser) => terminal(browser, [['explain', 'scope-not-granted']], makeLanyardDocs()),
  replay: (browser) => terminal(browser, [['replay']], makeLanyardDocs()),
  comment: (browser) => comment(browser, examplePullRequest()),
  studio: studioPicture,
};

/** No picture is larger: they stand in a repository that everybody clones. */
const MOST_BYTES = 200_000;

/** Around what is cut out of a page, in pixels. */
const MARGIN = 24;

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));

/** The day after the last commit of what is shown. */
const TODAY = new Date('2026-11-13T09:00:00Z');

/** The upper part of a page that a command writes, or the section under a heading with all of it unfolded. */
async function pageOf(browser: Browser, argv: readonly string[], heading?: string): Promise<Buffer> {
  const report = join(tempFolder(), 'report.html');
  await signpost([...argv, '--output', report], makeLanyardDocs().dir);
  const page = await browser.newPage({ viewport: { width: 1040, height: 1_200 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(report).href);
  if (heading === undefined) return page.screenshot();
  const section = page.locator('section', { has: page.locator(heading) });
  for (const summary of await section.locator('summary').all()) await summary.click();
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
  const { x, y, width, height } = (await section.boundingBox())!;
  const clip = { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  return page.screenshot({ clip, fullPage: true });
}

async function terminal(
  browser: Browser,
  commands: readonly (readonly string[])[],
  { dir }: TempRepository,
): Promise<Buffer> {
  return shown(browser, await terminalPage(commands, dir, TODAY));
}

async function comment(browser: Browser, { dir }: TempRepository): Promise<Buffer> {
  const file = join(tempFolder(), 'comment.md');
  await signpost(['review', '--base', 'main', '--format', 'markdown', '--output', file], dir, 1);
  return shown(browser, commentPage(readFileSync(file, 'utf8')));
}

/** The whole of a page that fits its content. */
async function shown(browser: Browser, html: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 1_000, height: 100 } });
  await page.setContent(html);
  return page.locator('body').screenshot();
}

/** The pull request that the README shows. */
function examplePullRequest(): TempRepository {
  const { before, after } = readExample('token-exchange');
  const repository = makeRepository(Object.fromEntries(before));
  repository.branch('explain-the-error');
  repository.commit(Object.fromEntries(after), { message: 'Explain exchange_rejected' });
  return repository;
}

function docsWithoutRegistry(): TempRepository {
  const repository = makeLanyardDocs();
  repository.commit({ '.github/signpost.yml': null });
  return repository;
}

function docsWithTickets(): TempRepository {
  const repository = makeLanyardDocs();
  repository.write({ 'tickets.csv': TICKETS });
  return repository;
}

const TICKETS = `Subject,Error code,Account,Description
Badge is gone,badge_revoked,Northwind,"Since Monday every scan ends with badge_revoked"
Cannot open the door,badge_revoked,Contoso,"badge_revoked, and nobody revoked anything"
Login does not end,login_loop,Contoso,"We come back to the login page again and again"
`;

async function signpost(argv: readonly string[], cwd: string, expected = 0): Promise<void> {
  const sink = { write: (text: string) => process.stderr.write(text) };
  const streams = { stdout: sink, stderr: sink, stdin: process.stdin, prompts: null, untilInterrupted: async () => {} };
  const exitCode = await run([...argv, '--no-cache'], { ...streams, env: {}, cwd, now: () => TODAY });
  if (exitCode !== expected) throw new Error(`signpost ${argv.join(' ')} ended with ${exitCode}`);
}

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(PICTURES, name));
if (unknown !== undefined)
  throw new Error(`There is no picture ${unknown}; there are ${Object.keys(PICTURES).join(', ')}.`);

const browser = await startChromium();
try {
  for (const [name, make] of Object.entries(PICTURES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const picture = await make(browser);
    if (picture.length > MOST_BYTES)
      throw new Error(`${name}.png has ${picture.length} bytes, more than ${MOST_BYTES}`);
    writeFileSync(join(IMAGES, `${name}.png`), picture);
    console.log(`docs/images/${name}.png, ${Math.round(picture.length / 1000)} kB`);
  }
} finally {
  await browser.close();
}
