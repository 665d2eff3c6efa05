import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { afterEach, expect, it } from 'vitest';
import { REGISTRY, registry } from '../review/build-snapshots.ts';
import { commentsOf, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

/** Whatever GitHub would take for more than words, and characters that hide or turn what stands beside them. */
const HOSTILE = [
  '@evil @acme/owners #1 GH-1 acme/docs#1',
  '<img src=x onerror=alert(1)></details><script>alert(1)</script>&lt;b&gt;&#64;evil',
  '<!-- signpost:comment --> ``` ` | a | b |',
  '![p](https://evil.example/p.png) [c](https://evil.example) https://evil.example/x www.evil.example',
  '\u202egnp\u202c \u2066x\u2069 a\u200bb\u2060c\ufeff',
].join(' ');
const quoted = JSON.stringify(HOSTILE);
const PATH = 'docs/@evil `a` <b>x<b> | [x](y) #1 \u202e<!-- signpost:comment -->.md';

const scenario = (id: string, code: string) => `  - id: ${id}
    title: ${quoted}
    codes: [${code}, ${JSON.stringify(`${code} ${HOSTILE}`)}]
    causes: ["quota exceeded", ${JSON.stringify(`cause ${HOSTILE}`)}]
    audience: ${quoted}
    category: docs
    owner: ${quoted}
    impact: { customers: 3, environment: production }
    quotes: [${quoted}]
    followUps: [${quoted}]
`;
const page = (cause: string) => `# Errors\n\n## E-99 ${HOSTILE}\n\n${cause}\n\n## E-77 ${HOSTILE}\n\n${cause}\n`;
const EXPLAINED = page(`This means that the quota exceeded its limit, cause ${HOSTILE}.`);

const parser = unified().use(remarkParse).use(remarkGfm);
const nodesOf = (node: Nodes): Nodes[] => [node, ...('children' in node ? node.children.flatMap(nodesOf) : [])];

const OUR_HTML = /^(?:<\/?(?:details|summary|b|br|code|sub)(?: open)?>|<!-- signpost:comment -->|[^<>])*$/;
const OUR_LINK = /^https:\/\/(?:github\.com\/(?:acme|signpost-docs)\/|127\.0\.0\.1)/;
const HIDDEN = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/;
/** What GitHub links or notifies by itself, outside of code. */
const REFERENCE = /@[a-z]|(?<!&)#\d|gh-\d|https?:\/\/evil|www\.evil/i;

/** Fails where a text of ours holds anything of others that is more than words. */
function expectHarmless(markdown: string) {
  expect(markdown).not.toMatch(HIDDEN);
  for (const node of nodesOf(parser.parse(markdown))) {
    expect(node.type).not.toMatch(/image|footnote/);
    if (node.type === 'html') expect(node.value).toMatch(OUR_HTML);
    if (node.type === 'link') expect(node.url).toMatch(OUR_LINK);
    if (node.type === 'html' || node.type === 'text') {
      expect(node.value.replace(/<code>.*?<\/code>/g, '')).not.toMatch(REFERENCE);
    }
    if (node.type === 'table') {
      const widths = node.children.map(({ children }) => children.length);
      expect(new Set(widths).size).toBe(1);
      expect(node.children.flatMap(({ children }) => children).every(({ type }) => type === 'tableCell')).toBe(true);
    }
  }
}

it('reaches the comment and the check run as words, whichever field it comes from', async () => {
  scene = await setScene({
    [REGISTRY]: registry(scenario('first', 'E-99') + scenario('second', 'E-77')),
    [PATH]: EXPLAINED,
  });
  const { docs, tell } = scene;
  docs.collaborator('jo', 'write');
  const pull = docs.openPullRequest({
    files: { [PATH]: page('This means something.'), [`docs/more/${PATH.slice(5)}`]: page('<Broken {') },
    title: HOSTILE,
    body: HOSTILE,
    branch: 'x`@evil`<b>|#1<!--signpost-->',
  });
  await tell(pull.event('opened'));
  const said = pull.comment('jo', `/signpost waive second ${HOSTILE}\n/signpost explain first\n/signpost ${HOSTILE}`);
  await tell(pull.commentEvent(said, 'created'));

  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  const [comment, ...others] = commentsOf(pull);
  expect(others).toEqual([]);
  const runs = runsOf(docs, pull.headSha);
  const texts = [comment?.body, ...runs.flatMap(({ output }) => [output.summary, output.text])].map(
    (text) => text ?? '',
  );
  for (const text of texts) expectHarmless(text);
  expect(comment?.body.split('<!-- signpost:comment -->')).toHaveLength(2);
  const together = texts.join('\n');
  for (const word of ['onerror', 'Waived on this pull request', 'Explained: <code>first'])
    expect(together).toContain(word);
  for (const { output, annotations } of runs) {
    for (const line of [output.title, ...annotations.flatMap(({ title, message }) => [title, message])]) {
      expect(line).not.toMatch(HIDDEN);
      expect(line).not.toMatch(/\n/);
    }
  }
  expect(runs.at(-1)?.annotations.length).toBeGreaterThan(0);
  expect(scene.running.logged()).not.toMatch(/evil/);
});

it('the same of a registry that a pull request brings along', async () => {
  scene = await setScene({ [REGISTRY]: registry(scenario('first', 'E-99')), [PATH]: EXPLAINED });
  const { docs, tell } = scene;
  const mistaken = registry(scenario('first', 'E-99').replace('audience:', `${JSON.stringify(HOSTILE)}:`));
  for (const text of [registry(scenario('third', 'E-11') + scenario('second', 'E-77')), mistaken]) {
    const pull = docs.openPullRequest({ files: { [REGISTRY]: text }, fork: true, author: 'ben' });
    await tell(pull.event('opened'));
    const [run] = runsOf(docs, pull.headSha);
    expect(run?.status).toBe('completed');
    for (const said of [run?.output.summary, run?.output.text, commentsOf(pull)[0]?.body]) expectHarmless(said ?? '');
  }
});
