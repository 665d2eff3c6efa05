import { describe, expect, it } from 'vitest';
import { judge } from '../../src/coverage/judge.ts';
import type { DocsRoot } from '../../src/docs/frameworks/framework.ts';
import type { Scenario } from '../../src/registry/registry.ts';
import { registryOf, scenarioOf, siteOf } from '../site-of.ts';

const blank = scenarioOf({
  symptoms: ['session|access key blank|empty|gone', 'keys blank|empty'],
  causes: ['switched|turned off default'],
});
const code = scenarioOf({ codes: ['failed_to_swap_key'], causes: ['device check'] });
const message = scenarioOf({ codes: ['check_url not set for device redirect'], causes: ['own check'] });
const linked = { ...code, links: ['/guide/device-check/#usual-cases'] };
const locked = scenarioOf({ symptoms: ['tenants cannot join'], causes: ['trial mode'] });
const filled = scenarioOf({ symptoms: ['prefilled app id confusing|misleading'], causes: ['automatic registration'] });
const japanese = scenarioOf({ symptoms: ['トークン 空|空白'], causes: ['既定 無効'] });

interface Options {
  files?: Record<string, string>;
  root?: Partial<DocsRoot>;
  name?: string;
}

function stateOf(scenario: Scenario, body: string, options: Options = {}) {
  const text = body.startsWith('---') ? body : `---\ntitle: Page\n---\n\n${body}`;
  const target = '---\ntitle: Device check\n---\n\n## Usual cases\n\nText.\n\n## Others\n\nText.\n';
  const files = { [options.name ?? 'docs/page.mdx']: text, 'docs/guide/device-check.mdx': target, ...options.files };
  const site = siteOf(files, { framework: 'starlight', ...options.root });
  return judge(site, registryOf(scenario), { today: '2026-01-01', waived: new Set() }).get(scenario.id)?.state;
}

describe('a symptom', () => {
  it.each([
    [
      'in a summary, its cause in the body',
      '<details>\n<summary>Keys are blank</summary>\n\nThey are switched off by default.\n\n</details>',
      'covered',
    ],
    [
      'in words that the choices name',
      '## A\n\nThe access key and session key fields arrive empty. Raw keys are turned off by default.',
      'covered',
    ],
    [
      'within tabs',
      '## A\n\n<Tabs>\n<TabItem label="Node">\n\nKeys are blank: they are switched off by default.\n\n</TabItem>\n</Tabs>',
      'covered',
    ],
    [
      'in details within tabs',
      '## A\n\n<Tabs>\n<TabItem label="Node">\n\n<details>\n<summary>Keys are blank</summary>\n\nSwitched off by default.\n\n</details>\n\n</TabItem>\n</Tabs>',
      'covered',
    ],
    [
      'as the title of a callout',
      '## A\n\n<Aside title="Keys are blank">\nThey are switched off by default.\n</Aside>',
      'covered',
    ],
    [
      'in plural and verb forms',
      '## A\n\nA session key was blanked... the access keys were empty. We are switching them off by default.',
      'covered',
    ],
    ['negated', '## A\n\nKeys are never blank. Reading is switched off by default for guests.', 'missing'],
    [
      'negated in the heading alone',
      '## Keys are never blank\n\nEach key is kept. Reading is switched off by default.',
      'missing',
    ],
    ['with a negated word', '## A\n\nThe access key is not empty. Logging is switched off by default.', 'missing'],
    [
      'spread over two sections',
      '## A\n\nKeys expire.\n\n## B\n\nThe field may be blank. It is switched off by default.',
      'missing',
    ],
    [
      'spread over two sentences',
      '## A\n\nKeep the access key safe. Leave the scope field empty. It is switched off by default.',
      'missing',
    ],
    [
      'half in the heading, half in a list item',
      '## Access keys\n\n- The value is empty\n- It is switched off by default',
      'covered',
    ],
    [
      'whose cause stands in the next section',
      '## Keys are blank\n\nSee below.\n\n## Reasons\n\nSwitched off by default.',
      'partial',
    ],
    [
      'whose cause stands in a sub-section',
      '## Keys are blank\n\nSee below.\n\n### Reasons\n\nSwitched off by default.',
      'covered',
    ],
    ['in a heading over nothing', '## Keys are blank\n\nComing soon.', 'partial'],
    ['with emphasis inside a word', '## A\n\n**Key**s are *blank*. Switched off by default.', 'covered'],
    ['with emoji and zero-width characters', '## A\n\nKe\u200bys are blank 🙂. Switched off by default.', 'covered'],
    ['in a heading that says it is fixed', '## Keys are blank (fixed in v2)\n\nSwitched off by default.', 'covered'],
    [
      'whose cause stands in another bold-lead item',
      '## Common mistakes\n\n- **Keys are blank**: call again.\n- **Logs**: they are switched off by default.',
      'partial',
    ],
    [
      'in symptom and cause bullets',
      '## A\n\n<details>\n<summary>Reading keys</summary>\n\n- **Symptom**: keys are blank\n- **Cause**: switched off by default\n\n</details>',
      'covered',
    ],
    [
      'under headings that name the parts',
      '## A\n\n### Symptoms\n\nKeys are blank.\n\n### Cause\n\nSwitched off by default.',
      'covered',
    ],
    ['on a page of names that objects have', '## A\n\nconstructor toString __proto__ hasOwnProperty', 'missing'],
  ])('%s', (_, body, state) => {
    expect(stateOf(blank, body)).toBe(state);
  });

  it('is cancelled by an except phrase in its sentence or label', () => {
    const excepted = { ...blank, except: ['fixed in'] };
    expect(stateOf(excepted, '## Keys are blank (fixed in v2)\n\nSwitched off by default.')).toBe('missing');
    expect(stateOf(excepted, '## A\n\nKeys are blank. Fixed in v2: the logs. Switched off by default.')).toBe(
      'covered',
    );
  });

  it('with contractions and smart quotes', () => {
    expect(stateOf(locked, '## A\n\nYour tenants can’t join. The app is in trial mode.')).toBe('covered');
  });

  it('with hyphens', () => {
    expect(stateOf(filled, '## A\n\nThe pre-filled app ID is misleading. Automatic registration made it.')).toBe(
      'covered',
    );
  });

  it('in Japanese', () => {
    expect(
      stateOf(japanese, '## 認証\n\n接続は成功しましたが、トークンが空です。トークンの取得は既定で無効です。'),
    ).toBe('covered');
    expect(stateOf(japanese, '## 認証\n\nトークンを更新してください。既定で無効です。')).toBe('missing');
  });
});

describe('a code', () => {
  it.each([
    [
      'only in a sample',
      '## A\n\nThe device check is on.\n\n```js\nif (e.code === "failed_to_swap_key") {}\n```',
      'partial',
    ],
    [
      'only in the description',
      '---\ntitle: A\ndescription: fix failed_to_swap_key\n---\n\n## B\n\nDevice check.',
      'missing',
    ],
    [
      'only in the sidebar’s label',
      '---\ntitle: A\nsidebar:\n  label: failed_to_swap_key\n---\n\n## B\n\nDevice check.',
      'missing',
    ],
    ['only in an MDX comment', '## A\n\n{/* failed_to_swap_key: device check */}\n\nText.', 'missing'],
    [
      'only on a card',
      '## Next\n\n<LinkCard title="failed_to_swap_key" href="/x/" />\n\nOther text on a device check.',
      'partial',
    ],
    [
      'and its cause in one row',
      '## A\n\n| Error | Cause |\n|--|--|\n| `failed_to_swap_key` | device check missing |\n| `other` | x |',
      'covered',
    ],
    [
      'whose cause stands in another row',
      '## A\n\n| Error | Cause |\n|--|--|\n| `failed_to_swap_key` | x |\n| `other` | device check missing |',
      'partial',
    ],
    [
      'in a cell’s pre',
      '## A\n\n| Error | Cause |\n|--|--|\n| <pre>failed_to_swap_key</pre> | device check missing |',
      'covered',
    ],
    ['within a longer identifier', '## A\n\n`failed_to_swap_key_v2`: device check.', 'missing'],
    ['in another case', '## A\n\n`FAILED_TO_SWAP_KEY`: device check.', 'missing'],
    ['with a dotted suffix', '## A\n\n`failed_to_swap_key.v2`: device check.', 'missing'],
    ['before a full stop', '## A\n\nYou get failed_to_swap_key. It needs the device check.', 'covered'],
    ['in a string expression', "## A\n\nYou get {'failed_to_swap_key'}: device check.", 'covered'],
    [
      'in an exported constant',
      "export const t = 'failed_to_swap_key needs the device check';\n\n## A\n\n<p>{t}</p>",
      'missing',
    ],
    ['with escaped underscores', '## A\n\nYou get failed\\_to\\_swap\\_key: device check.', 'covered'],
  ])('%s', (_, body, state) => {
    expect(stateOf(code, body)).toBe(state);
  });

  it('only in an HTML comment of a Markdown page', () => {
    const body = '## A\n\n<!-- failed_to_swap_key: device check -->\n\nText.';
    expect(stateOf(code, body, { name: 'docs/page.md' })).toBe('missing');
  });

  it('shorter than the one on the page', () => {
    expect(stateOf({ ...code, codes: ['failed_to_swap'] }, '## A\n\n`failed_to_swap_key`: device check.')).toBe(
      'missing',
    );
  });

  it('in a partial, imported by path or alias', () => {
    const text = '`failed_to_swap_key` means that the device check is missing.';
    const relative = "import Part from './_part.mdx'\n\n## A\n\n<Part />";
    expect(stateOf(code, relative, { files: { 'docs/_part.mdx': text } })).toBe('covered');
    const root = { aliases: { '@parts/': 'parts/' } };
    const aliased = "import Part from '@parts/_part.mdx';\n\n## A\n\n<Part />";
    expect(stateOf(code, aliased, { files: { 'parts/_part.mdx': text }, root })).toBe('covered');
  });

  it('in a partial’s own details', () => {
    const text = '<details>\n<summary>`failed_to_swap_key`</summary>\n\nThe device check is missing.\n\n</details>';
    const body = "import Part from './_part.mdx'\n\n## A\n\n<Part />";
    expect(stateOf(code, body, { files: { 'docs/_part.mdx': text } })).toBe('covered');
  });
});

describe('a message', () => {
  it.each([
    ['split by inline code', '## A\n\nError: `check_url` not set for device redirect. The own check is on.'],
    ['over two source lines', '## A\n\nError: check_url not set\nfor device redirect. The own check is on.'],
    ['with a no-break space', '## A\n\nError: check_url not\u00a0set for device redirect. The own check is on.'],
    ['in other capitals', '## A\n\nCheck_url Not set for device redirect. The own check is on.'],
  ])('%s', (_, body) => {
    expect(stateOf(message, body)).toBe('covered');
  });
});

describe('a link', () => {
  const said = '## A\n\n`failed_to_swap_key`: device check.';
  it.each([
    ['in another section', `${said}\n\n## B\n\n[v](/guide/device-check/#usual-cases)`, 'partial'],
    ['without its slash', `${said} [v](/guide/device-check#usual-cases)`, 'covered'],
    ['by reference', `${said} [v][r]\n\n[r]: /guide/device-check/#usual-cases`, 'covered'],
    ['in JSX', `${said} <a href="/guide/device-check/#usual-cases">v</a>`, 'covered'],
    ['to another anchor', `${said} [v](/guide/device-check/#others)`, 'partial'],
    ['by the site’s own address', `${said} [v](https://docs.example.com/guide/device-check/#usual-cases)`, 'covered'],
    ['in a comment', `${said}\n\n{/* [v](/guide/device-check/#usual-cases) */}`, 'partial'],
    ['by a file’s name', `${said} [v](./guide/device-check.mdx#usual-cases)`, 'covered'],
  ])('%s', (_, body, state) => {
    expect(stateOf(linked, body, { root: { site: 'https://docs.example.com' } })).toBe(state);
  });
});
