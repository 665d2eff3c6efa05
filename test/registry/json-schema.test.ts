import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { REGISTRY_FIELDS } from '../../src/registry/fields.ts';
import { registrySchema } from '../../src/registry/json-schema.ts';
import type { Fields, Shape } from '../../src/registry/shapes.ts';
import { parsed, said } from './registry-text.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false });
addFormats.default(ajv);
const accepts = ajv.compile(registrySchema());

test('the file that is published is up to date: npm run schema', () => {
  const file = readFileSync(new URL('../../signpost.schema.json', import.meta.url), 'utf8');
  expect(file).toBe(`${JSON.stringify(registrySchema(), null, 2)}\n`);
});

describe('the schema', () => {
  const entry = { id: 'a-b', title: 'It fails', codes: ['x'] };
  test.each([
    [{}],
    [{ version: 1, docs: [{ root: 'docs' }], scenarios: [entry] }],
    [{ docs: { root: 'docs', aliases: { '@/': 'src/' } }, scenarios: null }],
    [{ scenarios: [{ ...entry, codes: null, symptoms: ['it fails'], waive: { reason: 'r', until: '2028-02-29' } }] }],
  ])('accepts what is sound: %j', (registry) => {
    expect(accepts(registry)).toBe(true);
  });

  test.each([
    [[]],
    [{ version: 2 }],
    [{ scenario: [] }],
    [{ gate: { block: false } }],
    [{ scenarios: [{ ...entry, codes: [] }] }],
    [{ scenarios: [{ ...entry, codes: 'x' }] }],
    [{ scenarios: [{ ...entry, id: 'A B' }] }],
    [{ scenarios: [{ ...entry, symptom: ['x'] }] }],
    [{ scenarios: [{ ...entry, waive: { reason: 'r', until: '2026-02-30' } }] }],
  ])('refuses what is not: %j', (registry) => {
    expect(accepts(registry)).toBe(false);
  });

  test('describes every field', () => {
    const check = (fields: Fields) => {
      for (const { description, shape } of Object.values(fields)) {
        expect(description).toMatch(/^[A-Z].*\.$/);
        const inner = shape.type === 'list' ? shape.item : shape;
        if (inner.type === 'map') check(inner.fields);
      }
    };
    check(REGISTRY_FIELDS);
  });
});

test('every registry among the examples is accepted or refused by both', () => {
  const examples = new URL('../examples/', import.meta.url);
  const files = readdirSync(examples, { recursive: true, encoding: 'utf8' });
  const registries = files.filter((path) => /(?:registry|signpost|signpost\/.*)\.ya?ml$/.test(path));
  expect(registries.length).toBeGreaterThan(0);
  for (const path of registries) {
    const text = readFileSync(new URL(path, examples), 'utf8');
    expect({ path, sound: parsed(text).mistakes.length === 0 }).toEqual({ path, sound: accepts(parse(text) ?? {}) });
  }
});

/** Values of a shape, mostly sound. */
function valuesOfShape(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'text':
      return fc.constantFrom('a-b', 'x', '/x', 'https://x.example', '2028-02-29', ' ', '../x', 'a b', '2027-02-29');
    case 'choice':
      return fc.constantFrom(...shape.of);
    case 'version':
      return fc.constant(1);
    case 'count':
      return fc.oneof(fc.nat(), fc.constantFrom(-1, 1.5));
    case 'flag':
      return fc.boolean();
    case 'dictionary':
      return fc.dictionary(fc.constantFrom('@/', 'constructor', ''), fc.constantFrom('src/', '..', 'a'));
    case 'list':
      return fc.oneof(fc.array(wrongOr(shape.item), { maxLength: 2 }), fc.constant(null));
    case 'map':
      return fieldsOf(shape.fields);
  }
}

function wrongOr(shape: Shape): fc.Arbitrary<unknown> {
  const wrong = fc.constantFrom<unknown>('text', 3, true, null, [], {}, ['x']);
  return fc.oneof({ weight: 9, arbitrary: valuesOfShape(shape) }, { weight: 1, arbitrary: wrong });
}

function fieldsOf(fields: Fields): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(fields).map(([name, { shape }]) => [name, wrongOr(shape)]));
  const required = Object.keys(fields).filter((name) => fields[name]!.required);
  const sound = fc.record(known, { requiredKeys: required });
  const unknown = fc.constantFrom('symptom', 'constructor', 'toString', 'Id', 'private', 'x', '');
  const strange = fc.tuple(sound, unknown).map(([map, key]) => ({ ...map, [key]: 1 }));
  return fc.oneof({ weight: 9, arbitrary: sound }, { weight: 1, arbitrary: strange });
}

test('the schema and the validator accept and refuse the same registries and keys', () => {
  let sound = 0;
  fc.assert(
    fc.property(fieldsOf(REGISTRY_FIELDS), (registry) => {
      const { mistakes } = parsed(JSON.stringify(registry));
      const own = mistakes.filter(({ message }) => !message.includes('is taken'));
      const isSound = accepts(registry);
      expect(own.length === 0, said(own).join('\n') + JSON.stringify(accepts.errors)).toBe(isSound);
      if (isSound) sound++;
      const unknown = accepts.errors?.filter(({ keyword }) => keyword === 'additionalProperties') ?? [];
      const keys = unknown.map(({ params }) => JSON.stringify(params.additionalProperty));
      const named = own.flatMap(({ message }) => /^unknown key (".*?")/.exec(message)?.[1] ?? []);
      expect(new Set(named)).toEqual(new Set(keys));
    }),
    { numRuns: 1000 },
  );
  expect(sound).toBeGreaterThan(20);
});

test('every example in the schema is sound', () => {
  const entry = { id: 'a-b', title: 'It fails', codes: ['x'] };
  const check = (fields: Fields, registryWith: (value: object) => object) => {
    for (const [name, { shape, example }] of Object.entries(fields)) {
      if (example !== undefined) expect(accepts(registryWith({ [name]: example }))).toBe(true);
      if (shape.type === 'list' && shape.item.type === 'map') {
        const first = name === 'docs' ? { root: 'x' } : entry;
        check(shape.item.fields, (value) => registryWith({ [name]: [{ ...first, ...value }] }));
      }
    }
  };
  check(REGISTRY_FIELDS, (value) => value);
});
