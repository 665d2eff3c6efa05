import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gravityOf, parseRegistry } from '../../src/registry/parse-registry.ts';
import { parsed, SETTINGS_FILE, said, scenarioWith } from './registry-text.ts';

const FULL = `# A registry with every field.
version: 1
docs:
  - root: ./src/content/docs/
    route: /docs/
    include: ["./**/*.mdx"]
    exclude: ["**/changelog/**"]
    partials: [/src/parts/, .]
    aliases: { "@parts/": ./src/parts/, "~": . }
    framework: starlight
    site: https://docs.example.com/
    locale: en
    versions: [current]
    generated: ["/api/**"]
private: [bigcustomer.example]
preview: https://pr-{number}.example.app/{sha}/{branch}
gate: { block: off, from: high }
scenarios:
  - id: tokens-blank
    title: "  Tokens come back blank "
    codes: [token_blank]
    symptoms: ["tokens are blank|empty"]
    except: [fixed in]
    causes:
      - retrieval disabled
    links: [/guides/tokens/#read, "https://example.com/x", "mailto:help@example.com", /]
    never: [turn off checks]
    pages: [guides/tokens, /docs/**]
    audience: Integrators
    impact: { customers: 1, environment: production, recurring: true }
    category: mixed
    quotes:
      - >
        they are
        blank
    gate: watch
    followUps: [Say why]
    owner: "@acme/docs"
    waive: { reason: Fixed in 4.2, by: "@jo", until: 2028-02-29, pages: [guides/old] }
`;

describe('a sound registry', () => {
  test('has every field, in one form', () => {
    const { registry, mistakes } = parsed(FULL);
    expect(mistakes).toEqual([]);
    expect(registry?.settings).toEqual({
      docs: [
        {
          root: 'src/content/docs',
          route: '/docs',
          include: ['**/*.mdx'],
          exclude: ['**/changelog/**'],
          partials: ['src/parts', ''],
          aliases: { '@parts/': 'src/parts/', '~': '' },
          framework: 'starlight',
          site: 'https://docs.example.com',
          locale: 'en',
          versions: ['current'],
          generated: ['/api/**'],
        },
      ],
      private: ['bigcustomer.example'],
      preview: 'https://pr-{number}.example.app/{sha}/{branch}',
      gate: { block: 'off', from: 'high' },
    });
    expect(registry?.scenarios[0]).toMatchObject({
      id: 'tokens-blank',
      title: 'Tokens come back blank',
      codes: ['token_blank'],
      links: ['/guides/tokens/#read', 'https://example.com/x', 'mailto:help@example.com', '/'],
      impact: { customers: 1, environment: 'production', recurring: true },
      gravity: 'high',
      category: 'mixed',
      quotes: ['they are blank'],
      gate: 'watch',
      waive: { reason: 'Fixed in 4.2', by: '@jo', until: '2028-02-29', pages: ['guides/old'] },
    });
  });

  test('says where each entry, field and item stands', () => {
    const { place, places } = parsed(FULL).registry!.scenarios[0]!;
    expect(place).toEqual({ path: SETTINGS_FILE, line: 19, column: 5 });
    expect(places).toMatchObject({
      title: { line: 20, column: 5 },
      causes: { line: 24, column: 5 },
      'causes.0': { line: 25, column: 9 },
      'links.1': { line: 26, column: 35 },
      waive: { line: 39, column: 5 },
      'waive.until': { line: 39, column: 47 },
      'waive.pages.0': { line: 39, column: 74 },
    });
  });

  test('needs an id, a title and a code or symptom, and has defaults for the rest', () => {
    const { place, places, ...rest } = scenarioWith('symptoms: [it fails]');
    expect(rest).toEqual({
      id: 'a-b',
      title: 'It fails',
      codes: [],
      symptoms: ['it fails'],
      except: [],
      causes: [],
      links: [],
      never: [],
      pages: [],
      audience: null,
      impact: null,
      gravity: 'low',
      category: 'docs',
      quotes: [],
      gate: 'block',
      followUps: [],
      owner: null,
      waive: null,
    });
    expect(parsed('').registry?.settings).toEqual({
      docs: [],
      private: [],
      preview: null,
      gate: { block: 'introduced', from: 'low' },
    });
  });

  test('has one folder of docs without a list around it', () => {
    const { registry, mistakes } = parsed('docs: { root: ., route: / }');
    expect(mistakes).toEqual([]);
    expect(registry?.settings.docs).toMatchObject([{ root: '', route: '/', include: ['**/*.{md,mdx}'] }]);
  });

  test('keeps a gravity that is given', () => {
    expect(scenarioWith('codes: [x]\ngravity: high')).toMatchObject({ gravity: 'high' });
  });

  test('may be empty, or have all items of a list commented out', () => {
    for (const text of ['', '\n# nothing\n', '---\n', 'scenarios:\n#  - id: x\n', 'version: 1\ndocs:\nscenarios: []']) {
      expect(parsed(text)).toMatchObject({ mistakes: [], registry: { scenarios: [] } });
    }
  });

  test('reads alike with a byte order mark, with CRLF and with tabs between tokens', () => {
    const plain = parsed(FULL).registry;
    expect(parsed(`\uFEFF${FULL}`).registry).toEqual(plain);
    expect(parsed(FULL.replaceAll('\n', '\r\n')).registry).toEqual(plain);
    expect(parsed('gate:\t{ block:\toff }\t# x').registry?.settings.gate.block).toBe('off');
  });

  test('takes keys such as "__proto__" and "constructor" for nothing special', () => {
    const { registry } = parsed('docs: { root: a, aliases: { __proto__: b, constructor: c } }');
    expect(Object.entries(registry!.settings.docs[0]!.aliases)).toEqual([
      ['__proto__', 'b'],
      ['constructor', 'c'],
    ]);
    expect(said(parsed('constructor: 1\n__proto__: 2').mistakes)).toEqual([
      '1:1 unknown key "constructor"',
      '2:1 unknown key "__proto__"',
    ]);
  });

  test('shares text by aliases', () => {
    const scenario = 'scenarios:\n - {id: a, title: t, codes: &c [x]}\n - {id: b, title: t, codes: *c}';
    expect(parsed(scenario).registry?.scenarios.map(({ codes }) => codes)).toEqual([['x'], ['x']]);
  });
});

describe('several files', () => {
  const entry = (id: string, title = 't') => `  - { id: ${id}, title: ${title}, codes: [x] }\n`;

  test('give their scenarios in file order', () => {
    const { registry, mistakes } = parseRegistry([
      { path: SETTINGS_FILE, text: `private: [x]\nscenarios:\n${entry('one')}` },
      { path: '.github/signpost/a.yml', text: `version: 1\nscenarios:\n${entry('two')}` },
    ]);
    expect(mistakes).toEqual([]);
    expect(registry?.scenarios.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(registry?.settings.private).toEqual(['x']);
  });

  test('may not hold settings beside the settings file', () => {
    const { mistakes, registry } = parseRegistry([
      { path: '.github/signpost/a.yml', text: `gate: { block: off }\nscenarios:\n${entry('one')}` },
    ]);
    expect(mistakes).toMatchObject([
      {
        path: '.github/signpost/a.yml',
        line: 1,
        message: 'unknown key "gate" here; it belongs to the top of .github/signpost.yml',
      },
    ]);
    expect(registry?.settings.gate.block).toBe('introduced');
  });

  test('hold settings in one of them alone', () => {
    const { mistakes, registry } = parseRegistry([
      { path: 'teams/a.yml', text: 'scenarios: []' },
      { path: 'teams/b.yml', text: 'gate: { block: all }' },
      { path: 'teams/c.yml', text: 'gate: { block: off }' },
      { path: '.github/signpost/d.yml', text: 'private: [x]' },
    ]);
    expect(mistakes.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'teams/c.yml unknown key "gate" here; it belongs to the top of teams/b.yml',
      '.github/signpost/d.yml unknown key "private" here; it belongs to the top of teams/b.yml',
    ]);
    expect(registry?.settings.gate.block).toBe('all');
  });

  test('refuse an id that another entry has, in any of them, and keep the first', () => {
    const { mistakes, registry } = parseRegistry([
      { path: SETTINGS_FILE, text: `scenarios:\n${entry('one', 'first')}${entry('one', 'again')}` },
      { path: '.github/signpost/a.yml', text: `scenarios:\n${entry('one', 'third')}  - { id: 3 }\n  - 4\n` },
    ]);
    expect(mistakes.filter(({ message }) => message.includes('taken'))).toMatchObject([
      { path: SETTINGS_FILE, line: 3, column: 11, scenario: 'one', severity: 'error' },
      { path: '.github/signpost/a.yml', line: 2, message: expect.stringContaining(`${SETTINGS_FILE}:2`) },
    ]);
    expect(registry?.scenarios.map(({ title }) => title)).toEqual(['first']);
  });

  test('count an unsound entry for its id too', () => {
    const { mistakes, registry } = parsed(`scenarios:\n  - { id: one, titel: x, codes: [x] }\n${entry('one')}`);
    expect(said(mistakes)).toEqual([
      '2:16 unknown key "titel"; did you mean "title"?',
      `3:11 the id "one" is taken: it stands first in ${SETTINGS_FILE}:2`,
    ]);
    expect(registry?.scenarios).toEqual([]);
  });

  test('take an entry that is aliased twice for a repeated id', () => {
    const { mistakes, registry } = parsed('scenarios: [ &a { id: one, title: t, codes: [x] }, *a ]');
    expect(mistakes).toHaveLength(1);
    expect(registry?.scenarios).toHaveLength(1);
  });

  test('are no registry where there is none', () => {
    expect(parseRegistry([])).toEqual({ registry: null, mistakes: [] });
    expect(parseRegistry([], { defaults: null })).toEqual({ registry: null, mistakes: [] });
  });
});

describe("the owner's defaults", () => {
  const own = { path: SETTINGS_FILE, text: 'gate: { from: high }\nscenarios: [{ id: b, title: ours, codes: [x] }]' };
  const withDefaults = (text: string, files = [own]) =>
    parseRegistry(files, { defaults: { path: 'acme/.github/signpost.yml', text } });

  test('are settings that the repository may override, and scenarios that come first', () => {
    const { registry, mistakes } = withDefaults(
      'docs: [{ root: d }]\nprivate: [p]\ngate: { block: all, from: low }\n' +
        'scenarios: [{ id: a, title: theirs, codes: [x] }, { id: b, title: theirs, codes: [x] }]',
    );
    expect(mistakes).toEqual([]);
    expect(registry?.settings).toMatchObject({
      docs: [{ root: 'd' }],
      private: ['p'],
      gate: { block: 'all', from: 'high' },
    });
    expect(registry?.scenarios.map(({ id, title }) => `${id} ${title}`)).toEqual(['a theirs', 'b ours']);
  });

  test('add their private names to those of the repository', () => {
    const files = [{ path: SETTINGS_FILE, text: 'private: [p, q]' }];
    expect(withDefaults('private: [o, p]', files).registry?.settings.private).toEqual(['o', 'p', 'q']);
  });

  test('are a registry of their own where the repository has none', () => {
    expect(withDefaults('scenarios: [{ id: a, title: t, codes: [x] }]', []).registry?.scenarios).toHaveLength(1);
  });

  test('lose an entry with a mistake alone, with a warning', () => {
    const { registry, mistakes } = withDefaults(
      'gate: { block: of, from: medium }\nscenarios:\n - { id: a, title: t, codes: [x] }\n - { id: c, title: 3, codes: [x] }',
      [],
    );
    expect(mistakes).toMatchObject([
      { kind: 'registry-warning', severity: 'warning', path: 'acme/.github/signpost.yml', line: 1 },
      { kind: 'registry-warning', severity: 'warning', scenario: 'c', line: 4 },
    ]);
    expect(registry?.settings.gate).toEqual({ block: 'introduced', from: 'medium' });
    expect(registry?.scenarios.map(({ id }) => id)).toEqual(['a']);
  });

  test.each(['a: [', '- a', 'text'])('count as absent, and say so, where they are no registry: %s', (text) => {
    const { registry, mistakes } = withDefaults(text);
    expect(mistakes).toMatchObject([{ kind: 'registry-warning', severity: 'warning' }]);
    expect(mistakes[0]?.message).toMatch(/^the owner's defaults cannot be read and count as absent: /);
    expect(registry?.scenarios.map(({ id }) => id)).toEqual(['b']);
    expect(withDefaults(text, []).registry).toBeNull();
  });

  test('may be empty', () => {
    expect(withDefaults('', [])).toMatchObject({ mistakes: [], registry: { scenarios: [] } });
  });
});

const KEPT = `version: 1
docs: [{ root: docs }]
scenarios:
  - id: sealed
    title: The vault is sealed
    codes: [vault_sealed]
    causes: ["key rotated|expired"]
    waive: { reason: soon, until: 2026-12-31 }
  - id: no-title
    codes: [E1]
`;

test('what was read comes back from JSON: settings, scenarios with the places of their fields, mistakes', () => {
  const read = parseRegistry([{ path: 'a b/signpost.yml', text: KEPT }], {
    defaults: { path: 'defaults.yml', text: 'version: 1\nscenarios:\n  - { id: own, title: Own, codes: [E2] }\n' },
  });
  const kept = JSON.parse(JSON.stringify(read));
  expect(kept).toStrictEqual(read);
  expect(kept.registry.scenarios[1].places['codes.0']).toEqual({ path: 'a b/signpost.yml', line: 6, column: 13 });
  expect(kept.mistakes).not.toEqual([]);
});

describe('gravity', () => {
  test.each([
    [3, null, false, 'high'],
    [0, 'production', true, 'high'],
    [2, null, false, 'medium'],
    [0, 'Production', false, 'medium'],
    [1, 'staging', true, 'medium'],
    [1, 'staging', false, 'low'],
  ] as const)('%s customers in %s, recurring %s, is %s', (customers, environment, recurring, gravity) => {
    expect(gravityOf({ customers, environment, recurring })).toBe(gravity);
  });

  test('without a known impact is low', () => {
    expect(gravityOf(null)).toBe('low');
  });
});

test('never throws, whatever the text is', () => {
  const piece = fc.constantFrom(
    ...[
      'scenarios:',
      'docs:',
      '- ',
      'id: a',
      'title: ',
      '\n',
      '\n  ',
      '\n    ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      ': ',
    ],
    ...[
      '&a ',
      '*a',
      '!!x ',
      '|',
      '>',
      '#',
      '---',
      '...',
      '%',
      '\t',
      '?',
      '\uFEFF',
      '\r\n',
      '0x',
      '~',
      '<<: ',
      '__proto__: ',
    ],
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 40 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(text, (source) => {
      const { registry, mistakes } = parsed(source);
      const lines = source.split('\n').length;
      expect(registry).not.toBeNull();
      for (const { line, column, endLine } of mistakes) {
        expect(line >= 1 && column >= 1 && endLine >= line && endLine <= lines).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
