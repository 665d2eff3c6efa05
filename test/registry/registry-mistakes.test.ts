import { describe, expect, test } from 'vitest';
import { MAX_MISTAKES } from '../../src/registry/file-reading.ts';
import { parsed, said } from './registry-text.ts';

/** What is said of an entry whose other fields are sound; its first field stands on line 1. */
function saidOf(fields: string): string[] {
  const text = `scenarios: [{ id: a, title: t, codes: [x] }, {\n id: b, title: t, codes: [x], ${fields} }]`;
  return parsed(text).mistakes.map(({ message, advice }) => `${message} | ${advice}`);
}

describe('a value of the wrong type', () => {
  test.each([
    ['title: 404', 'the number 404', 'Put it in quotes: "404".'],
    ['title: 007', 'the number 7', 'Put it in quotes: "007".'],
    ['title: true', 'true', 'Put it in quotes: "true".'],
    ['title:', 'nothing', 'Give it a value or remove it.'],
    ['title: [x]', 'a list', 'Write one text without brackets and without "- ".'],
    ['title: {a: b}', 'a map of keys and values', 'A text that holds ": " must stand in quotes.'],
    [`title: 1${'0'.repeat(80)}`, 'the number 1e+80', 'Put it in quotes.'],
  ])('for text says what was found: %s', (field, found, advice) => {
    const { mistakes } = parsed(`scenarios:\n  - id: a\n    codes: [x]\n    ${field}\n`);
    expect(mistakes).toMatchObject([
      { line: 4, scenario: 'a', message: `"title" must be text, found ${found}`, advice },
    ]);
  });

  test.each([
    ['private: acme', 'the text "acme"; write [acme]'],
    ['private: "a, b"', 'the text "a, b"; write ["a, b"]'],
    ['private: a, b', 'the text "a, b"; write ["a, b"]'],
    ['private: 3', 'the number 3; write [3]'],
    ['private: {a: b}', 'a map of keys and values'],
    ['private: |\n  a\n  b', 'the text "a\\nb\\n"'],
    [`private: ${'x'.repeat(100)}`, `the text "${'x'.repeat(59)}…"`],
    ['private: ghp_abcdefghijklmnopqrst12', 'the text "[secret]"; write ["[secret]"]'],
  ])('for a list shows how to write one: %s', (text, found) => {
    expect(said(parsed(text).mistakes)).toEqual([`1:10 "private" must be a list, found ${found}`]);
  });

  test('for a map names its keys', () => {
    expect(saidOf('impact: high')).toEqual([
      '"impact" must be a map of keys and values, found the text "high" | Give it keys such as customers, environment, recurring.',
    ]);
    expect(said(parsed('docs: { root: a, aliases: [b] }').mistakes)).toEqual([
      '1:27 "aliases" must be a map of texts, found a list',
    ]);
  });

  test('for a choice lists the choices and what was meant', () => {
    expect(saidOf('category: poduct')).toEqual([
      '"category" must be one of docs, product, mixed; found the text "poduct"; did you mean "product"? | Write product.',
    ]);
    expect(saidOf('category: 3')).toEqual([
      '"category" must be one of docs, product, mixed; found the number 3 | Write one of docs, product, mixed.',
    ]);
    expect(saidOf('category: [docs]')[0]).toContain('found a list');
  });

  test('for a number or flag says what is expected', () => {
    expect(saidOf('impact: {customers: -1}')[0]).toContain(
      '"customers" must be a whole number, 0 or more, found the number -1',
    );
    expect(saidOf('impact: {customers: 1.5}')).toHaveLength(1);
    expect(saidOf('impact: {customers: "3"}')).toHaveLength(1);
    expect(saidOf('impact: {recurring: yes}')[0]).toContain('"recurring" must be true or false, found the text "yes"');
    expect(said(parsed('version: 2').mistakes)).toEqual(['1:10 "version" must be 1, found the number 2']);
    expect(said(parsed('version: [1]').mistakes)).toEqual(['1:10 "version" must be 1, found a list']);
  });

  test('for an item names its number', () => {
    expect(saidOf('symptoms: [a b, 3, ""]').map((line) => line.replace(/ \|.*/, ''))).toEqual([
      'item 2 of "symptoms" must be text, found the number 3',
      'item 3 of "symptoms" must be text that is not blank, found the text ""',
    ]);
    expect(said(parsed('docs: { root: a, aliases: { b: 3, b: c, [x]: y } }').mistakes)).toEqual([
      '1:32 a value of "aliases" must be text, found the number 3',
      '1:35 the key "b" stands twice; first on line 1',
      '1:41 a key must be text',
    ]);
  });
});

describe('a key', () => {
  test.each([
    ['symptom: [x]', 'unknown key "symptom"; did you mean "symptoms"? | Write "symptoms".'],
    ['follow_ups: [x]', 'unknown key "follow_ups"; did you mean "followUps"? | Write "followUps".'],
    [
      'private: [x]',
      'unknown key "private" here; it belongs to the top of .github/signpost.yml | Move it to the top of .github/signpost.yml.',
    ],
    ['customers: 3', 'unknown key "customers" here; it belongs to "impact" | Move it to "impact".'],
    ['root: x', 'unknown key "root" here; it belongs to an entry of "docs" | Move it to an entry of "docs".'],
    ['<<: {x: y}', 'unknown key "<<": YAML 1.2 has no merge keys | Write the keys out.'],
    ['1: x', 'a key must be text | Put the key in quotes.'],
    ['[x]: x', 'a key must be text | Put the key in quotes.'],
  ])('that is not known is named with what was meant: %s', (field, message) => {
    expect(saidOf(field)).toEqual([message]);
  });

  test('that resembles none lists them all', () => {
    expect(parsed('impact: {}\nzzzzzzzz: 1').mistakes).toMatchObject([
      { message: expect.stringContaining('an entry of "scenarios"') },
      {
        message: 'unknown key "zzzzzzzz"',
        advice: 'The keys known here are version, docs, private, preview, gate, scenarios.',
      },
    ]);
  });

  test('that stands twice is refused at its second place', () => {
    expect(said(parsed('private: [a]\ngate: {}\nprivate: [b]').mistakes)).toEqual([
      '3:1 the key "private" stands twice; first on line 1',
    ]);
  });

  test('that is missing is named at the start of the entry, unless it is only misspelt', () => {
    expect(said(parsed('scenarios:\n  - audience: x\n  - id: b\n    titel: x\n    symptom: [x]\n').mistakes)).toEqual([
      '2:5 "id" is missing',
      '2:5 "title" is missing',
      '2:5 "codes" or "symptoms" is missing: nothing says how the docs may name it',
      '4:5 unknown key "titel"; did you mean "title"?',
      '5:5 unknown key "symptom"; did you mean "symptoms"?',
    ]);
    const empty = parsed('scenarios: [{ id: a, title: t, codes: [], symptoms: }, { id: b, title: t, codes: x }]');
    expect(said(empty.mistakes).map((line) => line.replace(/:.*/s, ''))).toHaveLength(2);
    expect(empty.mistakes[1]?.message).toContain('must be a list');
  });
});

describe('a text of the wrong form', () => {
  test.each([
    ['id: "Bad Id"', false],
    ['id: a--b', false],
    ['id: a1-b2', true],
    ['links: [guide]', false],
    ['links: ["#anchor"]', false],
    ['links: ["//host/x"]', false],
    ['links: ["/a b"]', false],
    ['links: ["/a#b"]', true],
    ['links: ["ftp://x"]', false],
    ['waive: {reason: r, until: 2026-02-29}', false],
    ['waive: {reason: r, until: 2100-02-29}', false],
    ['waive: {reason: r, until: 2000-02-29}', true],
    ['waive: {reason: r, until: 2026-13-01}', false],
    ['waive: {reason: r, until: 2026-00-10}', false],
    ['waive: {reason: r, until: 2026-04-31}', false],
    ['waive: {reason: r, until: 2026-04-00}', false],
    ['waive: {reason: r, until: tomorrow}', false],
    ['waive: {reason: r, until: 2026-12-31}', true],
  ])('of a scenario: %s', (field, sound) => {
    const rest = field.startsWith('id') ? field : `id: b, ${field}`;
    const { mistakes, registry } = parsed(`scenarios: [{ title: t, codes: [x], ${rest} }]`);
    expect(mistakes).toHaveLength(sound ? 0 : 1);
    expect(registry?.scenarios).toHaveLength(sound ? 1 : 0);
  });

  test.each([
    ['root: ../x', false],
    ['root: a/../b', false],
    ['root: a/..', false],
    ['root: a..b/.../c', true],
    ['root: "a\\\\b"', false],
    ['root: " "', false],
    ['root: a, route: docs', false],
    ['root: a, site: docs.example.com', false],
    ['root: a, site: "https://docs.example.com/?x"', false],
    ['root: a, site: "http://docs.example.com/base"', true],
    ['root: a, generated: [api]', false],
    ['root: a, partials: [../b]', false],
    ['root: a, aliases: { "@": ../b }', false],
  ])('of a docs root: %s', (fields, sound) => {
    const { mistakes, registry } = parsed(`docs: [{ ${fields} }]`);
    expect(mistakes).toHaveLength(sound ? 0 : 1);
    expect(registry?.settings.docs).toHaveLength(sound ? 1 : 0);
  });

  test('of the preview, with the placeholders that there are', () => {
    expect(said(parsed('preview: "https://x.example/{pr}"').mistakes)).toEqual([
      '1:10 "preview" must be a URL with https:// or http:// whose only placeholders are {number}, {sha} and {branch}, found the text "https://x.example/{pr}"',
    ]);
  });
});

describe('mistakes', () => {
  test('in one entry or setting leave the others', () => {
    const { registry, mistakes } = parsed(
      'docs: [{ root: a }, { rot: b }]\nprivate: 3\nscenarios: [{ id: a, title: t, codes: [x, 3] }, { id: b, title: t, codes: [x] }, 7]',
    );
    expect(mistakes.map(({ line }) => line)).toEqual([1, 2, 3, 3]);
    expect(registry?.settings.docs.map(({ root }) => root)).toEqual(['a']);
    expect(registry?.scenarios.map(({ id }) => id)).toEqual(['b']);
  });

  test('are told in the order of their lines with the lines that they span', () => {
    const { mistakes } = parsed('zzzzzz: 1\nversion:\n  - 1\n  - 2\n');
    expect(mistakes.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 1],
      [3, 4],
    ]);
  });

  test('are bounded in number, and the last says how many are left out', () => {
    const { mistakes } = parsed(
      Array.from({ length: MAX_MISTAKES + 5 }, (_, index) => `zzzzzzz${index}: 1`).join('\n'),
    );
    expect(mistakes).toHaveLength(MAX_MISTAKES);
    expect(mistakes.at(-1)?.message).toBe('unknown key "zzzzzzz999" (and 5 more mistakes in this file)');
  });

  test.each([
    ['- id: a', 'a list', 'Put the list under the key "scenarios".'],
    ['text', 'the text "text"', 'Begin with the key "scenarios".'],
  ])('include a root that is no map: %s', (text, found, advice) => {
    expect(parsed(text).mistakes).toMatchObject([
      { line: 1, column: 1, message: `the registry must be a map of keys and values, found ${found}`, advice },
    ]);
  });
});
