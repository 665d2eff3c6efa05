import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startChromium } from '../chromium.ts';
import { FILES, REGISTRY, WITHOUT_CAUSE } from '../cli/small-docs.ts';
import { makeRepository, removeTempFolders, type TempRepository } from '../temp-repository.ts';
import { type RunningStudio, startStudio } from './running-studio.ts';

const PATH = '.github/signpost.yml';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const START = `# Known failures of the Lanyard shop\n${REGISTRY}`;

let browser: Browser;
let repository: TempRepository;
let studio: RunningStudio;
let page: Page;
let said: string[];

beforeAll(async () => {
  browser = await startChromium();
}, 30_000);
afterAll(async () => {
  await browser?.close();
  removeTempFolders();
});

beforeEach(async () => {
  repository = makeRepository({ ...FILES, [PATH]: START, '.github/signpost/more.yml': 'version: 1\nscenarios: []\n' });
  studio = await startStudio(repository);
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  said = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(studio.url);
  await page.locator('[data-id="receipt-empty"]').waitFor();
});
afterEach(async () => {
  await page.close();
  await studio.end();
  expect(said).toEqual([]);
  expect(studio.bugs).toEqual([]);
});

const file = () => join(repository.dir, PATH);
const onDisk = () => readFileSync(file(), 'utf8');
const stateOf = (id: string) => page.locator(`[data-id="${id}"]`).getAttribute('data-state');
const textIn = (selector: string) => page.locator(selector).first().innerText();

/** Puts the cursor behind some words of the text. */
async function goBehind(words: string): Promise<void> {
  const line = START.split('\n').find((each) => each.includes(words)) as string;
  await page.locator('.cm-line', { hasText: words }).first().click();
  await page.keyboard.press('End');
  for (let i = line.indexOf(words) + words.length; i < line.length; i += 1) await page.keyboard.press('ArrowLeft');
}

/** Takes the first completion by a click: in the moment in which the list appears the editor takes no key for it. */
async function complete(expected: RegExp): Promise<void> {
  const first = page.locator('.cm-tooltip-autocomplete li').first();
  await vi.waitFor(async () => expect(await first.innerText()).toMatch(expected), 3000);
  await first.click();
}

async function replaceBefore(count: number, text: string): Promise<void> {
  for (let i = 0; i < count; i += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type(text);
}

/** What axe finds wrong, without rules about the page as a whole that a tool for one person does not need. */
async function violations(): Promise<string[]> {
  const found = await page.evaluate(`(async () => {
    const module = { exports: {} };
    ${AXE};
    const { violations } = await (module.exports.run ?? window.axe.run)(document);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160)));
  })()`);
  return found as string[];
}

describe('the studio in a browser', () => {
  test('judges at every key, and shows the words in the page’s own text', async () => {
    expect(await stateOf('receipt-empty')).toBe('missing');
    repository.write({
      'docs/receipts.md': '# Receipts\n\n## The receipt has nothing on it\n\nThe cart had no items.\n',
    });
    await goBehind('receipt blank|empty');
    await replaceBefore('blank|empty'.length, 'nothing');
    await vi.waitFor(async () => expect(await stateOf('receipt-empty')).toBe('covered'), 5000);
    const open = page.locator('.entry.open');
    expect(await open.getAttribute('data-id')).toBe('receipt-empty');
    await vi.waitFor(async () =>
      expect(await open.locator('mark').allInnerTexts()).toEqual(['receipt', 'nothing', 'no', 'items']),
    );
    expect(await open.locator('.block.label').innerText()).toBe('The receipt has nothing on it');
    expect(await textIn('.count:has(.covered) strong')).toBe('2');
  });

  test('shows a mistake at its line, with what to do about it, and keeps what it knew', async () => {
    await goBehind('symptoms');
    await page.keyboard.press('Backspace');
    const marker = page.locator('.cm-lint-marker-error');
    await marker.waitFor();
    await vi.waitFor(async () => expect(await textIn('.problem-list .error')).toContain('did you mean "symptoms"'));
    expect(await textIn('.problem-list .error .at')).toBe('Line 16');
    expect(await page.locator('.entry.stale').getAttribute('data-id')).toBe('receipt-empty');
    await marker.hover();
    expect(await textIn('.cm-tooltip-lint')).toContain('symptoms');
    await page.keyboard.type('s');
    await marker.waitFor({ state: 'detached' });
  });

  test('completes keys, choices, pages and anchors', async () => {
    await goBehind('title: The receipt is empty');
    await page.keyboard.press('Enter');
    await page.keyboard.type('gra');
    await vi.waitFor(async () => expect(await textIn('.cm-completionInfo')).toContain('How much it hurts'), 3000);
    expect(await violations()).toEqual([]);
    await complete(/^gravity/);
    await page.keyboard.type('hi');
    await complete(/^high/);
    await page.keyboard.press('Enter');
    await page.keyboard.type('links: [/err');
    await complete(/^\/errors/);
    await page.keyboard.type('#car');
    await complete(/^\/errors#card_declined/);
    await page.keyboard.press('Control+s');
    await vi.waitFor(() => expect(onDisk()).toContain('    gravity: high\n    links: [/errors#card_declined]\n'), 3000);
  });

  test('completes `symptoms` in a new entry, and a whole entry at once', async () => {
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  - id: late\nsym');
    await complete(/^symptoms/);
    await page.keyboard.type('order arrives late');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('- new');
    await complete(/^new scenario/);
    await page.keyboard.type('gone');
    await page.keyboard.press('Tab');
    await page.keyboard.type('The order is gone');
    await page.keyboard.press('Control+s');
    const lines = ['symptoms: ["two to four words"]', 'causes: ["the reason"]', 'links: []'];
    const entry =
      `  - id: gone\n    title: The order is gone\n${lines.map((line) => `    ${line}\n`).join('')}`.trimEnd();
    await vi.waitFor(() => expect(onDisk()).toContain(entry), 3000);
    expect(onDisk()).toContain('  - id: late\n    symptoms: ["order arrives late"]\n');
  });

  test('tells of a sentence what it names and what it lacks', async () => {
    await page.locator('#try-words').fill('The receipt was blank.');
    const first = page.locator('#try-results .requirement').first();
    await vi.waitFor(async () => expect(await first.innerText()).toContain('receipt-empty'));
    expect(await first.getAttribute('class')).toContain('requirement met');
    expect(await page.locator('#try-results mark').allInnerTexts()).toEqual(['receipt', 'blank']);
    await page.locator('#try-words').fill('The receipt is never blank.');
    await vi.waitFor(async () => expect(await first.innerText()).toContain('held back: a negation'));
    await page.locator('#try-words').fill('The receipt vanishes.');
    await vi.waitFor(async () => expect(await first.innerText()).toContain('lacks “blank|empty”'));
    await first.locator('button').click();
    expect(await textIn('.cm-activeLine')).toContain('receipt-empty');
  });

  test('saves with comments and everything else as it was', async () => {
    await goBehind('A card is declined in test mode');
    await page.keyboard.type(' # seen often');
    await page.locator('.tab.dirty').waitFor();
    expect(await page.title()).toMatch(/^• /);
    const asked = new Promise<string>((resolve) => {
      page.once('dialog', (dialog) => dialog.dismiss().then(() => resolve(dialog.type())));
    });
    void page.reload({ timeout: 1000 }).catch(() => {});
    expect(await asked).toBe('beforeunload');
    const other = await browser.newPage();
    await other.goto(studio.url);
    await other.locator('[data-id="receipt-empty"]').waitFor();
    await page.locator('#save').click();
    await vi.waitFor(() => expect(onDisk()).toBe(START.replace('in test mode\n', 'in test mode # seen often\n')));
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
    expect(await page.locator('#save').isDisabled()).toBe(true);
    await vi.waitFor(async () => expect(await other.locator('.cm-content').innerText()).toContain('seen often'), 3000);
    await other.close();
    expect(await page.locator('.notice').count()).toBe(0);
  });

  test('says that the studio has ended, and keeps what was typed', async () => {
    await goBehind('A card is declined in test mode');
    await page.keyboard.type(' mine');
    await page.locator('.tab.dirty').waitFor();
    await studio.end();
    await page.locator('.notice').waitFor();
    expect(await page.locator('.notice').count()).toBe(1);
    expect(await textIn('.notice')).toContain('The studio has ended. What you typed is still here');
    await page.keyboard.press('Control+s');
    await vi.waitFor(async () => expect(await page.locator('#notices').innerText()).toContain('was not saved'), 3000);
    expect(await page.locator('.cm-content').innerText()).toContain('in test mode mine');
    expect(onDisk()).toBe(START);
    expect(said.splice(0).every((line) => line.includes('net::ERR_'))).toBe(true);
  });

  test('takes over what changes on disk, and asks where both sides changed', async () => {
    await goBehind('receipt blank|empty');
    writeFileSync(file(), START.replace('The receipt is empty', 'By hand'));
    await vi.waitFor(async () => expect(await page.locator('.cm-content').innerText()).toContain('By hand'), 5000);
    expect(await textIn('.cm-activeLine')).toContain('receipt blank|empty');
    await page.keyboard.type('|gone');
    writeFileSync(file(), START.replace('The receipt is empty', 'By another hand'));
    const notice = page.locator('.notice');
    await notice.waitFor();
    expect(await notice.innerText()).toContain('changed on disk while you edited it');
    await notice.getByText('Save mine over it').click();
    await vi.waitFor(() => expect(onDisk()).toContain('receipt blank|empty|gone'));
    expect(onDisk()).toContain('By hand');
    await notice.waitFor({ state: 'detached' });
    repository.write({ 'docs/errors.md': WITHOUT_CAUSE });
    await vi.waitFor(async () => expect(await stateOf('card-declined')).toBe('partial'), 5000);
  });

  test('goes between files and scenarios by keyboard alone', async () => {
    await page.locator('[role="tab"]').first().focus();
    await page.keyboard.press('ArrowRight');
    await vi.waitFor(async () => expect(await page.locator('.cm-content').innerText()).toContain('scenarios: []'));
    await page.locator('[data-id="card-declined"] .scenario').focus();
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await textIn('.cm-activeLine')).toContain('card-declined'));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('.cm-editor') === null")).toBe(true);
  });

  test('lets nobody in without the key', async () => {
    const other = await browser.newPage();
    await other.goto(studio.url.replace(/#.*/, ''));
    await other.locator('.notice').waitFor();
    expect(await other.locator('body').innerText()).toContain('Open the address that `signpost studio` printed');
    expect(await other.locator('body').innerText()).not.toContain('receipt');
    await other.close();
    await page.reload();
    await page.locator('[data-id="receipt-empty"]').waitFor();
    expect(page.url()).not.toContain(studio.token);
  });

  test.each(['light', 'dark'] as const)('is accessible in the %s, wide and narrow', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await goBehind('symptoms');
    await page.keyboard.press('Backspace');
    await page.locator('.problem-list .error').waitFor();
    await page.locator('#try-words').fill('The receipt was blank. card_declined');
    await page.locator('#try-results mark').first().waitFor();
    await page.locator('[data-id="card-declined"] .scenario').click();
    await page.locator('.detail mark').first().waitFor();
    expect(await violations()).toEqual([]);
    await page.setViewportSize({ width: 1024, height: 700 });
    expect(await sideways()).toBe(0);
    await page.setViewportSize({ width: 420, height: 800 });
    expect(await violations()).toEqual([]);
    expect(await sideways()).toBe(0);
  });

  test('reads nothing of a page or a registry as HTML', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>alert(1)</script>';
    repository.write({ 'docs/errors.md': `# Errors\n\n## card_declined ${'`'}${evil}${'`'}\n\nTest mode.\n` });
    await goBehind('A card is declined in test mode');
    await page.keyboard.type(` ${evil.replaceAll('#', '')}`);
    await vi.waitFor(async () => expect(await textIn('.entry.open .title')).toContain('<img src=x'), 5000);
    await vi.waitFor(async () => expect(await textIn('.entry.open .block.label')).toContain('<script>'), 5000);
    expect(await page.locator('img, .entry script').count()).toBe(0);
  });
});

/** How far the page is wider than the window. */
function sideways(): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}
