import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { WORDS_VERSION } from '../../src/coverage/file-words.ts';
import { rememberPages } from '../../src/coverage/page-memory.ts';
import { pageSearch } from '../../src/coverage/page-search.ts';
import { outlineOf } from '../../src/docs/file-outline.ts';
import { FACTS_VERSION } from '../../src/docs/page-facts.ts';
import { parsePage } from '../../src/docs/parse-page.ts';
import { scenarioOf, siteOf } from '../site-of.ts';

/** A page with something of everything. What is remembered of it stands on disks, in Redis and in memory. */
const PAGE = `---
title: Keys
draft: true
sidebar: { order: 3 }
---

import { Tabs as Panes } from '@components';
import Part from './_part.mdx';

Intro with \`vault_sealed\`, **bold** and [a link](/keys/#token "Its title"). A second sentence, glued_words.

## The vault is \`sealed\` {#sealed}

:::caution[Keys expired]
The **key** was rotated &mdash; see the [keys][ref]. Escaped \\_word\\_.
:::

<Panes label="First">
  <Tab title={"Token \\u0041"}>- an item about the token</Tab>
</Panes>

| code | meaning |
|---|---|
| E1001 | the vault {1 + 1} sealed |

1. An item

   \`\`\`json title="answer.json"
   { "error": "vault_sealed" }
   \`\`\`

> A quote of réseau and 鍵が無効です。

<details><summary>More</summary>Hidden <a id="deep"></a>text</details>

<Part />

[ref]: ../keys.md
`;

/** A scenario whose words stand all over the page. */
const SCENARIO = scenarioOf({
  codes: ['vault_sealed', 'E1001', 'the vault {n} sealed'],
  symptoms: ['token item', 'réseau quote'],
  causes: ['key rotated', 'keys expired'],
});

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** Where this fails because pages are read otherwise now, raise FACTS_VERSION and write down the new digest. */
it('facts and outlines of another shape have another version', () => {
  const facts = (['mdx', 'md'] as const).map((syntax) => parsePage(PAGE, syntax));
  const outline = outlineOf({ text: PAGE });
  expect([FACTS_VERSION, digest([facts, outline])]).toEqual([2, 'd8a9f98ca4d68370']);
});

/** Where this fails because words are read otherwise now, raise WORDS_VERSION and write down the new digest. */
it('words of another shape have another version', () => {
  const memory = rememberPages();
  const remembered: unknown[] = [];
  const words = {
    under: (signature: string) => {
      const kept = memory.words.under(signature);
      const set = (key: string, numbers: Uint32Array) => {
        remembered.push(key, ...numbers);
        kept.set(key, numbers);
      };
      return { get: (key: string) => kept.get(key), set };
    },
  };
  const site = siteOf({ 'docs/keys.mdx': PAGE, 'docs/_part.mdx': 'A key that expired.\n', 'docs/plain.md': PAGE });
  pageSearch(site, [SCENARIO], words).naming(SCENARIO);
  expect(remembered.length).toBeGreaterThan(50);
  expect([WORDS_VERSION, digest(remembered)]).toEqual([1, 'c13155e757dec3d3']);
});
