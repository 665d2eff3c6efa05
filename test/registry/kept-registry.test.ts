import { expect, it } from 'vitest';
import { decodeRegistry, encodeRegistry } from '../../src/registry/kept-registry.ts';
import { parseRegistry } from '../../src/registry/parse-registry.ts';

const TEXT = `version: 1
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

it('gives back what was read: settings, scenarios with the places of their fields, mistakes', () => {
  const parsed = parseRegistry([{ path: 'a b/signpost.yml', text: TEXT }], {
    defaults: { path: 'defaults.yml', text: 'version: 1\nscenarios:\n  - { id: own, title: Own, codes: [E2] }\n' },
  });
  const kept = decodeRegistry(encodeRegistry(parsed));
  const places = (from: typeof parsed) => from.registry?.scenarios.map((scenario) => scenario.places);
  expect(places(kept)).toEqual(places(parsed));
  expect(places(kept)?.[1]?.['codes.0']).toEqual({ path: 'a b/signpost.yml', line: 6, column: 13 });
  const rest = ({ registry, mistakes }: typeof parsed) => ({
    ...{ mistakes, settings: registry?.settings, docsPlace: registry?.docsPlace },
    scenarios: registry?.scenarios.map(({ places: _, ...scenario }) => scenario),
  });
  expect(rest(kept)).toEqual(rest(parsed));
  expect(kept.mistakes).not.toEqual([]);
});

it('keeps that there is none', () => {
  expect(decodeRegistry(encodeRegistry({ registry: null, mistakes: [] }))).toEqual({ registry: null, mistakes: [] });
});
