import { describe, expect, it } from 'vitest';
import { judge } from '../../src/coverage/judge.ts';
import { sectionText } from '../../src/coverage/quote.ts';
import type { Scenario } from '../../src/registry/registry.ts';
import { registryOf, scenarioOf, siteOf } from '../site-of.ts';

/** The blocks of the best candidate with `‹field:words›` for each mark. */
function shown(page: string, fields: Partial<Scenario>) {
  const site = siteOf({ 'docs/a.md': page, 'docs/fix.md': '# Fix\n\nDo it.\n' });
  const scenario = scenarioOf(fields);
  const options = { today: '2026-01-01', waived: new Set<string>(), inPassingToo: true };
  const [candidate] = judge(site, registryOf(scenario), options).get(scenario.id)!.candidates;
  const { blocks, omitted } = sectionText(site, candidate!, scenario);
  const texts = blocks.map(({ text, marks }) =>
    marks
      .toReversed()
      .reduce(
        (out, { start, end, field }) => `${out.slice(0, start)}‹${field}:${out.slice(start, end)}›${out.slice(end)}`,
        text,
      ),
  );
  return { texts, lines: blocks.map(({ line }) => line), omitted };
}

describe('the text of a section', () => {
  it('is what readers see, with the words that matched', () => {
    const page =
      '# A\n\nOther.\n\n## Tokens are **blank**\n\nThe `keyring` is sealed. See [Fix](/fix/).\n\n## Next\n\nNo.\n';
    expect(shown(page, { symptoms: ['tokens blank'], causes: ['keyring sealed'], never: ['see fix'] })).toEqual({
      texts: [
        '‹symptom:Tokens› are ‹symptom:blank›',
        'The ‹cause:keyring› is ‹cause:sealed›. ‹never:See› ‹never:Fix›.',
      ],
      lines: [5, 7],
      omitted: 0,
    });
  });

  it('marks codes, in samples too, and the words of a label that complete a sentence', () => {
    const page = '# A\n\n## Tokens\n\nThey come back blank.\n\n```\nvault_sealed blank\n```\n';
    expect(shown(page, { codes: ['vault_sealed'], symptoms: ['tokens blank'], pages: ['a'] }).texts).toEqual([
      '‹symptom:Tokens›',
      'They come back ‹symptom:blank›.',
      '‹code:vault_sealed› blank',
    ]);
  });

  it('begins near the words where they stand far down', () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, i) => `Paragraph ${i}${i === 50 ? ' has vault_sealed' : ''}.\n\n`,
    );
    const { texts, lines, omitted } = shown(`# A\n\n${paragraphs.join('')}`, { codes: ['vault_sealed'] });
    expect(texts.slice(0, 3)).toEqual(['A', 'Paragraph 49.', 'Paragraph 50 has ‹code:vault_sealed›.']);
    expect(lines[2]).toBe(103);
    expect(omitted).toBe(0);
  });

  it('says how much of a long section it leaves out', () => {
    const page = `# A\n\n## vault_sealed\n\n${'Word.\n\n'.repeat(60)}`;
    expect(shown(page, { codes: ['vault_sealed'] })).toMatchObject({ omitted: 21 });
  });
});
