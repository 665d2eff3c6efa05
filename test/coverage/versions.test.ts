import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeSite } from '../../bench/site/make-site.ts';
import { MADE_SETTINGS, registryEntry, registryText } from '../../bench/site/registry-text.ts';
import { judge } from '../../src/coverage/judge.ts';
import { STATES_VERSION, statesOf } from '../../src/coverage/known-states.ts';
import type { PageHits } from '../../src/coverage/page-search.ts';
import { HITS_VERSION, ScenarioSearch } from '../../src/coverage/page-search.ts';
import { FACTS_VERSION } from '../../src/docs/markdown/page-facts.ts';
import { parsePage } from '../../src/docs/markdown/parse-page.ts';
import { buildSite } from '../../src/docs/site/build-site.ts';
import { outlineOf } from '../../src/docs/site/file-outline.ts';
import { LISTING_VERSION, type ListingsCache } from '../../src/docs/site/kept-listing.ts';
import type { Site } from '../../src/docs/site/site.ts';
import { encodeRegistry, REGISTRY_VERSION } from '../../src/registry/kept-registry.ts';
import { parseRegistry } from '../../src/registry/parse-registry.ts';
import type { Registry } from '../../src/registry/registry.ts';
import { docsRoot, repository } from '../docs/repository.ts';
import { registryOf, scenarioOf, siteOf } from '../site-of.ts';

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
  expect([FACTS_VERSION, digest([facts, outline])]).toEqual([3, 'd8a9f98ca4d68370']);
});

/** Where this fails because words are read otherwise now, raise HITS_VERSION and write down the new digest. */
it('hits of another kind have another version', () => {
  const hits = new Map<string, PageHits>();
  const site = siteOf({ 'docs/keys.mdx': PAGE, 'docs/_part.mdx': 'A key that expired.\n', 'docs/plain.md': PAGE });
  const search = new ScenarioSearch([SCENARIO], hits).on(site);
  expect(search.naming(SCENARIO)).toHaveLength(2);
  expect([HITS_VERSION, digest([...hits])]).toEqual([1, 'd1be3cc55ad31a7b']);
});

const MADE = makeSite({ seed: 1, pages: 40, scenarios: 60 });
const REGISTRY_FILE = {
  path: '.github/signpost.yml',
  text: registryText(MADE_SETTINGS, MADE.scenarios.map(registryEntry)),
};

/** Where this fails because registries are read otherwise now, raise REGISTRY_VERSION and write down the new digest. */
it('registries of another shape have another version', () => {
  const kept = encodeRegistry(parseRegistry([REGISTRY_FILE]));
  expect([REGISTRY_VERSION, digest(kept)]).toEqual([1, '94dc8773bfe08900']);
});

/** Where this fails because scenarios are judged otherwise now, raise STATES_VERSION and write down the new digest. */
it('states of another kind have another version', () => {
  const made = parseRegistry([REGISTRY_FILE]).registry as Registry;
  const options = { today: '2026-01-01', waived: new Set<string>() };
  const come = (site: Site, registry: Registry) => statesOf(judge(site, registry, options), site);
  const states = come(siteOf(Object.fromEntries(MADE.files()), made.settings.docs[0]), made);
  const ofPage = come(siteOf({ 'docs/keys.mdx': PAGE, 'docs/plain.md': PAGE }), registryOf(SCENARIO));
  expect(new Set(states.map(({ state }) => state)).size).toBe(3);
  expect([STATES_VERSION, digest([states, ofPage])]).toEqual([2, '7597d731f1bf1c82']);
});

/** Where this fails because sites are listed otherwise now, raise LISTING_VERSION and write down the new digest. */
it('listings of another shape have another version', () => {
  let listed: unknown;
  const listings: ListingsCache = { get: () => undefined, set: (_, __, record) => (listed = record) };
  const { tree, blobs } = repository({
    'docs/keys.mdx': PAGE,
    'docs/_part.mdx': 'A key that expired.\n',
    'docs/ja/plain.md': PAGE,
    'docs/bytes.md': { unreadable: 'binary' },
    'docs/Titled.md': '---\ntitle: A title\n---\n',
  });
  buildSite(tree, blobs, [docsRoot({ locale: 'en', route: '/help', exclude: ['_*'] })], { listings });
  expect([LISTING_VERSION, digest(listed)]).toEqual([1, 'c88073e8c8e5e684']);
});
