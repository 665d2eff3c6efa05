import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderAuditHtml } from '../src/report/html/audit-page.ts';
import { renderReplayHtml } from '../src/report/html/replay-page.ts';
import { startChromium } from './chromium.ts';
import { fullAudit, OCCASION } from './report/html/build-audit.ts';
import { fullReplay } from './report/html/build-replay.ts';
import { removeTempFolders, tempFolder } from './temp-repository.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Texts that have no place to break, and one of another direction. */
const awkward = (text: string) => `${text} שלום ${'long_code_'.repeat(12)}`;

const { coverage: trend } = fullReplay();
const folder = tempFolder();
const addressOf = (name: string, page: string) => {
  const path = join(folder, name);
  writeFileSync(path, page);
  return pathToFileURL(path).href;
};
const PAGES = {
  audit: addressOf('audit.html', renderAuditHtml(fullAudit(), { ...OCCASION, trend })),
  awkward: addressOf('awkward.html', renderAuditHtml(fullAudit(awkward), OCCASION)),
  replay: addressOf('replay.html', renderReplayHtml(fullReplay(), OCCASION)),
};
const AUDIT = PAGES.audit;

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  removeTempFolders();
});

/** Shows a page, fails on whatever it asks the network for or its policy stops, and closes it. */
async function shown<T>(address: string, options: BrowserContextOptions, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...options });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== address.replace(/#.*/, '') && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address);
    const result = await work(page);
    expect(complaints).toEqual([]);
    return result;
  } finally {
    await context.close();
  }
}

const openAll = (page: Page) =>
  page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');

const cutOff = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
} as const satisfies Record<string, BrowserContextOptions>;

test.each([
  ['audit', 'light'],
  ['audit', 'dark'],
  ['audit', 'narrow'],
  ['awkward', 'narrow'],
  ['replay', 'dark'],
  ['replay', 'narrow'],
] as const)('axe finds nothing, and nothing is cut off: %s, %s', async (name, look) => {
  await shown(PAGES[name], LOOKS[look], async (page) => {
    const closed = await cutOff(page);
    await openAll(page);
    expect([closed, await cutOff(page)]).toEqual([0, 0]);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe.each(['audit', 'replay'] as const)('without script, %s', (name) => {
  const alone = { javaScriptEnabled: false };

  test('shows what is unfolded', async () => {
    await shown(PAGES[name], alone, async (page) => {
      expect(await page.isVisible('form')).toBe(false);
      const body = page.locator('.scenario .body').first();
      expect(await body.isVisible()).toBe(false);
      await page.locator('.scenario > summary').first().click();
      expect(await body.isVisible()).toBe(true);
    });
  });

  test('opens everything on paper, and leaves out what only a screen needs', async () => {
    await shown(PAGES[name], alone, async (page) => {
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const bodies = await page.locator('details > :not(summary)').all();
      expect(bodies.length).toBeGreaterThan(3);
      for (const body of bodies) expect(await body.isVisible()).toBe(true);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    });
  });
});

test('finds scenarios by words and states', async () => {
  await shown(AUDIT, {}, async (page) => {
    const titles = () => page.locator('details.scenario:visible .title').allTextContents();
    expect(await titles()).toHaveLength(4);
    await page.fill('[name=words]', 'TOKEN docs/faq verify');
    await page.locator('output:text-is("1 of 4 shown")').waitFor();
    expect(await titles()).toEqual(['Token exchange fails because user_verify_url is not configured']);
    expect(await page.locator('h2:visible').allTextContents()).not.toContain('Covered 1');
    await page.fill('[name=words]', '');
    await page.uncheck('[value=partial]');
    await page.locator('output:text-is("3 of 4 shown")').waitFor();
    await page.click('text=Open all');
    expect(await page.locator('details.scenario[open]').count()).toBe(3);
  });
});

test.each([[true], [false]])('opens the scenario that an address points at, script %s', async (javaScriptEnabled) => {
  await shown(`${AUDIT}#s-card-declined`, { javaScriptEnabled }, async (page) => {
    expect(await page.locator('#s-card-declined').isVisible()).toBe(true);
    expect(await page.locator('#s-blank-tokens').isVisible()).toBe(false);
  });
});

test('has the chart in numbers as well', async () => {
  await shown(AUDIT, {}, async (page) => {
    await openAll(page);
    expect(await page.locator('svg.trend desc').textContent()).toContain(
      '2026-05-04: 7 of 11 scenarios covered (63 %)',
    );
    const rows = await page.locator('table:has-text("After each change") tbody tr').allTextContents();
    expect(rows).toEqual(['2026-01-053170', '2026-03-015240', '2026-05-047220']);
  });
});
