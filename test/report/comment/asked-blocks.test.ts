import { expect, it } from 'vitest';
import { type Asked, askedBlocks } from '../../../src/report/comment/asked-blocks.ts';
import { fitBlocks } from '../../../src/report/comment/comment-blocks.ts';
import { candidate, coverage, explanation, nearMiss } from '../build-review.ts';

function shown(asked: Partial<Asked>): string {
  const nothing: Asked = { waivers: [], explanations: [], unknown: [], help: null };
  return fitBlocks('', askedBlocks({ ...nothing, ...asked }), '', 20_000).trim();
}

it('shows nothing where nobody asked', () => {
  expect(shown({})).toBe('');
});

it('shows who waived what, why and where', () => {
  const url = 'https://github.com/acme/docs/pull/1#issuecomment-7';
  expect(shown({ waivers: [{ id: 'blank-tokens', by: 'jo', reason: 'ask @sam <b>', url }] })).toBe(
    '**Waived on this pull request**\n\n- `blank-tokens` by `jo`: ask @&#8203;sam &lt;b&gt; ' +
      '([comment](https://github.com/acme/docs/pull/1#issuecomment-7))',
  );
});

it.each(['javascript:alert(1)', 'no address'])('links to no %s', (url) => {
  expect(shown({ waivers: [{ id: 'a', by: 'jo', reason: 'why', url }] })).toMatch(/: why$/);
});

it('encodes an address so that it cannot end the link', () => {
  const waived = (url: string) => shown({ waivers: [{ id: 'a', by: 'jo', reason: 'why', url }] });
  expect(waived('https://example.com/a(b)')).toContain('(https://example.com/a%28b%29)');
  expect(waived('https://example.com/%zz')).toContain('(https://example.com/%25zz)');
});

it('explains a scenario as the command line does', () => {
  const text = shown({
    explanations: [explanation({ coverage: coverage({ candidates: [candidate()] }), nearMisses: [nearMiss()] })],
  });
  expect(text).toContain('<summary>Explained: <code>blank-tokens</code></summary>\n\n```text\nblank-tokens: covered.');
  expect(text).toContain('docs/troubleshooting.mdx:12-20');
});

it('names ids that the registry has not', () => {
  expect(
    shown({
      unknown: [
        { id: 'blank-token', near: 'blank-tokens' },
        { id: 'zzz', near: null },
      ],
    }),
  ).toBe('**Asked for, but not in the registry**\n\n- `blank-token`; did you mean `blank-tokens`?\n- `zzz`');
});

it('lists the commands, after what could not be followed', () => {
  expect(shown({ help: { problem: null } })).toMatch(/^\*\*Commands\*\*, each on a line of its own/);
  expect(shown({ help: { problem: 'There is no command dance.' } })).toMatch(
    /^There is no command dance\. \*\*Commands\*\*/,
  );
});
