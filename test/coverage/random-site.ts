import fc from 'fast-check';

/** Few words, so that failures are named by chance now and then. */
const WORDS = [
  'token',
  'tokens',
  'blank',
  'empty',
  'vault',
  'sealed',
  'connection',
  'expires',
  'expired',
  'not',
  'never',
  'fails',
  'rotated',
  'key',
  'keys',
  'callback',
  'the',
  'after',
  'pre-filled',
  "isn't",
  'vault_sealed',
  'E1001',
  'Réseau',
]; // prettier-ignore

const word = fc.constantFrom(...WORDS);

/** A word as a writer may mark it up, inside of it too. */
const markedWord = fc.oneof(
  { weight: 12, arbitrary: word },
  { weight: 1, arbitrary: word.map((text) => `**${text}**`) },
  { weight: 1, arbitrary: word.map((text) => `\`${text}\``) },
  { weight: 1, arbitrary: word.map((text) => `[${text}](/keys/#${text})`) },
  { weight: 1, arbitrary: word.map((text) => `${text.slice(0, 2)}**${text.slice(2)}**`) },
  { weight: 1, arbitrary: word.map((text) => text.replaceAll('_', '\\_')) },
  { weight: 1, arbitrary: word.map((text) => `${text.slice(0, 3)}<b>${text.slice(3)}</b>`) },
  { weight: 1, arbitrary: word.map((text) => `${text}&nbsp;`) },
  { weight: 1, arbitrary: word.map((text) => `${text}—`) },
  { weight: 1, arbitrary: word.map((text) => `{'${text.replace("'", '')}'}`) },
  { weight: 1, arbitrary: fc.constantFrom('<Badge text="tokens blank" />', '`<Tabs>`', '{/* vault sealed */}', ':') },
);

const END = fc.constantFrom('. ', '? ', ', ', ' ', '.\n', '\n', ' | ');
const sentence = fc
  .array(fc.tuple(markedWord, END), { minLength: 1, maxLength: 9 })
  .map((parts) =>
    parts
      .map(([text, end], i) => (i === parts.length - 1 ? text : text + (end === ' ' || i % 3 < 2 ? ' ' : end)))
      .join(''),
  )
  .map((text) => text.charAt(0).toUpperCase() + text.slice(1));
const line = sentence.map((text) => text.replaceAll('\n', ' '));
const title = fc.oneof(
  line,
  fc.constantFrom('Cause', 'Fix', 'How to fix it', 'Details of keys', 'Next', 'Vault sealed'),
);

const heading = fc.tuple(fc.constantFrom('#', '##', '##', '###'), title).map(([marks, text]) => `${marks} ${text}`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 3 }).map((all) => all.join('. '));
const fence = fc
  .tuple(fc.constantFrom('```', '~~~', '```js'), fc.array(line, { maxLength: 3 }))
  .map(([open, lines]) => [open, '# vault sealed', ...lines, open.slice(0, 3)].join('\n'));
const list = fc
  .array(fc.tuple(fc.constantFrom('- ', '* ', '1. ', '- **Vault** '), line), { minLength: 1, maxLength: 4 })
  .map((items) => items.map(([mark, text]) => mark + text).join('\n'));
const table = fc
  .tuple(line, fc.array(line, { minLength: 1, maxLength: 3 }))
  .map(([head, rows]) =>
    [
      `| Code | Means |`,
      `|---|---|`,
      ...[head, ...rows].map((text) => `| E1001 | ${text.replaceAll('|', ' ')} |`),
    ].join('\n'),
  );
const setext = line.map((text) => `${text}\n---`);
const bold = line.map((text) => `**${text.replace(/[*`<{[].*/s, '')}x**`);
const odd = fc.constantFrom(
  'import P from "./_part.mdx"',
  '<P />',
  '<!-- vault',
  '-->',
  '<div>',
  '</div>',
  ':::note[Vault sealed]',
  ':::',
  '> [!NOTE] Vault sealed\n> token',
  '<Card\n  title="vault sealed"\n/>',
  '[x]: /keys',
  'a < b',
  '{/* signpost: documents one */}',
  '<table><tr><td>vault</td><td>sealed</td></tr></table>',
  '<details>',
  '<summary>Vault',
  '```',
  '~~~',
  '\\',
  '{',
  '}',
  '<Tabs items={["vault", "token"]}><Tab>sealed</Tab></Tabs>',
); // prettier-ignore
const leaf = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  { weight: 3, arbitrary: heading },
  { weight: 2, arbitrary: list },
  { weight: 1, arbitrary: fence },
  { weight: 1, arbitrary: table },
  { weight: 1, arbitrary: setext },
  { weight: 1, arbitrary: bold },
  { weight: 1, arbitrary: odd },
);

const CONTAINERS: readonly ((label: string, inner: string) => string)[] = [
  (label, inner) => `<details>\n<summary>${label}</summary>\n\n${inner}\n\n</details>`,
  (label, inner) => `<details><summary>${label}</summary>\n${inner}\n</details>`,
  (label, inner) => `<Aside title="${label.replace(/["'<>&{}\\]/g, '')}">\n${inner}\n</Aside>`,
  (label, inner) => `<Tabs>\n<TabItem label="${label.replace(/["'<>&{}\\]/g, '')}">\n\n${inner}\n\n</TabItem>\n</Tabs>`,
  (label, inner) => `:::caution[${label.replace(/[[\]]/g, '')}]\n\n${inner}\n\n:::`,
  (label, inner) => `<Steps>\n\n1. ${label}\n\n   ${inner.replaceAll('\n', '\n   ')}\n\n</Steps>`,
  (label, inner) => `> ${label}\n>\n> ${inner.replaceAll('\n', '\n> ')}`,
  (label, inner) => `<Frame>\n\n## ${label}\n\n${inner}\n\n</Frame>`,
];

const block: fc.Arbitrary<string> = fc.letrec((tie) => ({
  block: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('container')),
  container: fc
    .tuple(fc.constantFrom(...CONTAINERS), line, fc.array(tie('block'), { minLength: 1, maxLength: 3 }))
    .map(([wrap, label, inner]) => wrap(label, (inner as string[]).join('\n\n'))),
})).block as fc.Arbitrary<string>;

const GAP = fc.constantFrom('\n\n', '\n\n', '\n\n', '\n', '\n\n\n');

/** Markdown of all shapes, some of it broken. */
export const randomPage: fc.Arbitrary<string> = fc
  .tuple(fc.option(line), fc.array(fc.tuple(block, GAP), { maxLength: 9 }), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([name, blocks, feed]) => {
    const front = name === null ? '' : `---\ntitle: ${JSON.stringify(name)}\n---\n\n`;
    return (front + blocks.map(([text, gap]) => text + gap).join('')).replaceAll('\n', feed);
  });

/** A site of a few pages and a partial that some of them show. */
export const randomSite: fc.Arbitrary<Record<string, string>> = fc
  .tuple(randomPage, randomPage, randomPage, randomPage)
  .map(([a, b, plain, part]) => ({
    'docs/a.mdx': a,
    'docs/b.mdx': b,
    'docs/plain.md': plain,
    'docs/_part.mdx': part,
    'docs/keys.mdx': '---\ntitle: Keys\n---\n\n## Token\n\nRotate keys.\n',
  }));
