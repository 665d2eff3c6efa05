import { describe, expect, test } from 'vitest';
import { starterRegistry } from '../../../src/registry/authoring/starter-registry.ts';
import { parseRegistry } from '../../../src/registry/parse-registry.ts';

const NEW = { id: 'new-one', title: 'It fails', codes: ['e_1'] };

describe('a starter registry', () => {
  const docs = [{ root: 'docs', framework: 'plain' as const, site: null, include: [] }];

  test('is sound, with scenarios and without', () => {
    for (const scenarios of [[], [NEW]]) {
      const text = starterRegistry({ docs, preview: 'https://x.example/{number}', private: ['Big: Co'] }, scenarios);
      const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
      expect(mistakes).toEqual([]);
      expect(registry?.scenarios.map(({ id }) => id)).toEqual(scenarios.map(({ id }) => id));
      expect(registry?.settings).toMatchObject({ private: ['Big: Co'], docs: [{ root: 'docs', framework: 'plain' }] });
      expect(text.split('\n')[0]).toMatch(/^# yaml-language-server: \$schema=https:/);
    }
  });

  test('shows an example that is sound once it is no comment', () => {
    const text = starterRegistry({ docs }, []).replace(/^ {2}# {0,1}/gm, '  ');
    const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
    expect(mistakes).toEqual([]);
    expect(registry?.scenarios.map(({ id }) => id)).toEqual(['upload-rejected']);
  });
});
