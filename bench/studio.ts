/**
 * `npm run bench:studio`: types symptoms into `signpost studio` in Chromium, a key at a time, and tells how long it
 * takes from each key to the coverage on the screen.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Page } from 'playwright-core';
import { startChromium } from '../test/chromium.ts';
import { summarize } from './measure/statistics.ts';

const program = new Command('npm run bench:studio --')
  .description('Measures from a key typed in the studio to the coverage on the screen. Run `npm run build` before.')
  .requiredOption('--repo <DIR>', 'a work tree')
  .option('--registry <FILE>', 'a registry in place of its own')
  .option('--scenarios <N>', 'type into the symptoms of so many scenarios', '20')
  .addHelpText('after', '\nExample:\n  $ npm run bench:studio -- --repo ../docs\n')
  .parse();
const { repo, registry, scenarios } = program.opts<{ repo: string; registry?: string; scenarios: string }>();

/** From the key to the DOM, and to the frame after it. */
interface Shown {
  dom: number;
  frame: number;
}

const WORDS = ' tokens never expire';

/** Runs in the page: notes when the answer to each key is there. */
const NOTE = `
  window.shown = [];
  let pressed = null;
  addEventListener('keydown', (event) => (pressed = event.timeStamp), true);
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (name !== 'signpost:shown' || pressed === null || startTime < pressed) continue;
      const from = pressed;
      pressed = null;
      requestAnimationFrame(() => setTimeout(() => window.shown.push({ dom: startTime + duration - from, frame: performance.now() - from })));
    }
  }).observe({ entryTypes: ['measure'] });
`;

function symptomLines(text: string): number[] {
  const lines = text.split('\n');
  const found = lines.flatMap((line, i) => (/^\s+symptoms:/.test(line) ? [/\[/.test(line) ? i + 1 : i + 2] : []));
  const step = Math.max(1, Math.floor(found.length / Number(scenarios)));
  return found.filter((_, i) => i % step === 0).slice(0, Number(scenarios));
}

async function typeAt(page: Page, line: number, text: string): Promise<void> {
  await page.keyboard.press('Control+Alt+g');
  await page.keyboard.type(String(line));
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  const tail = /["'\]\s]*$/.exec(text)?.[0].length ?? 0;
  for (let i = 0; i < tail; i += 1) await page.keyboard.press('ArrowLeft');
  await page.waitForTimeout(500);
  for (const key of WORDS) {
    const before = await page.evaluate<number>('window.shown.length');
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await page.waitForFunction(`window.shown.length > ${before}`, undefined, { polling: 10, timeout: 10_000 });
  }
}

function start(): Promise<{ child: ChildProcess; url: string; milliseconds: number }> {
  const started = performance.now();
  const given = registry === undefined ? [] : ['--registry', registry];
  const argv = ['dist/cli.js', 'studio', '--no-open', '--repo', repo, ...given];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`the studio ended with ${code}`)));
    child.stdout.on('data', (data) => {
      said += data;
      const url = /http:\S+/.exec(said)?.[0];
      if (url) resolve({ child, url, milliseconds: performance.now() - started });
    });
  });
}

const text = readFileSync(registry ?? join(repo, '.github/signpost.yml'), 'utf8');
const { child, url, milliseconds } = await start();
const browser = await startChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, bypassCSP: true });
  await page.addInitScript(NOTE);
  await page.goto(url);
  await page.locator('.entry').first().waitFor();
  await page.locator('.cm-content').click();
  for (const line of symptomLines(text)) await typeAt(page, line, text.split('\n')[line - 1] as string);
  const shown = await page.evaluate<Shown[]>('window.shown');
  const row = (name: string, values: number[]) => {
    const { median, max } = summarize(values);
    const late = values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] as number;
    console.log(
      `${name.padEnd(28)} median ${median.toFixed(0)} ms, 95 % within ${late.toFixed(0)} ms, at most ${max.toFixed(0)} ms`,
    );
  };
  const cut = text.match(/^\s*- id:/gm)?.length ?? 0;
  console.log(`${cut} scenarios, ${shown.length} keys; ready to serve after ${(milliseconds / 1000).toFixed(1)} s`);
  row(
    'key to coverage in the page',
    shown.map(({ dom }) => dom),
  );
  row(
    'key to coverage on screen',
    shown.map(({ frame }) => frame),
  );
} finally {
  await browser.close();
  child.kill('SIGINT');
}
