import type { Browser } from 'playwright-core';
import { startStudio } from '../studio/running-studio.ts';
import { type Files, makeRepository } from '../temp-repository.ts';

const REGISTRY = `# What customers of Lanyard are known to run into.
# Each needs a section in the docs that names it, says why and links to the fix.
version: 1
docs:
  - root: docs
    framework: plain
scenarios:
  - id: exchange-rejected
    title: Code exchange is rejected without callback check
    codes: [exchange_rejected]
    causes: ["callback_check_url not|without set"]
    links: [/connections/callbacks]
    pages: [troubleshooting]
    impact: { customers: 4, environment: production, recurring: true }

  - id: empty-keys
    title: A new connection has empty keys
    symptoms: ["keys are blank|empty", "new connection keys"]
    causes: ["keyring sealed"]
    links: [/keyring#unseal]
    pages: [troubleshooting]
    impact: { customers: 3 }

  # Asked for again in March; the page names it and stops there.
  - id: webhook-late
    title: Webhooks arrive minutes late
    symptoms: ["webhooks arrive late|delayed"]
    causes: ["retry queue backoff"]
    links: [/webhooks#retries]
    pages: [troubleshooting, webhooks]
    impact: { customers: 2 }

  - id: clock-skew
    title: A signature is refused because of the clock
    codes: ["signature timestamp is {seconds} seconds old"]
    causes: ["clock drift"]
    links: [/webhooks#signatures]

  - id: badge-missing
    title: A badge vanishes after a merge
    symptoms: ["badge vanishes after merge"]
    causes: ["merged profiles keep one badge"]
    quotes: ["we merged two people and lost a lanyard"]

  - id: region-locked
    title: A workspace cannot be opened from another region
    codes: [region_locked]
    causes: ["data residency"]
    waive: { reason: Fixed in 4.2, by: "@jo", until: 2027-03-31 }
`;

const FILES: Files = {
  '.github/signpost.yml': REGISTRY,
  'docs/troubleshooting.md': `# Troubleshooting

## The exchange ends with \`exchange_rejected\`

This happens when \`callback_check_url\` is not set. Add it to the connection, as
[Callbacks](/connections/callbacks) shows, and start the exchange again.

## A new connection, but its keys are empty

Lanyard answers with the connection and leaves the keys out while the keyring is still sealed. Ask an owner to
[unseal it](/keyring#unseal), then read the connection again.

## Webhooks arrive late

Deliveries can take a few minutes after an outage.
`,
  'docs/connections/callbacks.md': '# Callbacks\n\nSet `callback_check_url` on each connection.\n',
  'docs/keyring.md': '# The keyring\n\n## Unseal\n\nAn owner unseals it once.\n',
  'docs/webhooks.md': `# Webhooks

## Retries

A failed delivery waits in the retry queue, with backoff.

## Signatures

The header says \`signature timestamp is 301 seconds old\` where the clock of your server has drifted. Keep it in
step; the [signature](/webhooks#signatures) is good for five minutes.
`,
  'docs/badges.md': '# Badges\n\n## Merge two profiles\n\nMerged profiles keep one badge, the older of the two.\n',
};

const SIZE = { width: 1280, height: 760 };

/** The studio with a scenario that is partly documented. */
export async function studioPicture(browser: Browser): Promise<Buffer> {
  const studio = await startStudio(makeRepository(FILES));
  const page = await browser.newPage({ viewport: SIZE, colorScheme: 'light' });
  try {
    await page.goto(studio.url);
    await page.locator('[data-id="webhook-late"] .scenario').click();
    await page.locator('.detail mark').first().waitFor();
    await page.locator('#try-words').fill('After we merged two profiles the badge had vanished.');
    await page.locator('#try-results mark').first().waitFor();
    await page.locator('#problem-count', { hasNotText: 'looking' }).waitFor();
    await page.evaluate("document.getElementById('timing').textContent = '5 pages judged in 4 ms'");
    await page.locator('.cm-content').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(300);
    return await page.screenshot({ animations: 'disabled', caret: 'hide' });
  } finally {
    await page.close();
    await studio.end();
  }
}
