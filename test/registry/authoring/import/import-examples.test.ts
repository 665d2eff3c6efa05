/**
 * Each folder of `examples/imports` is a file to import, a registry before, and the registry that it must become, with
 * what is said of each failure. `UPDATE_EXAMPLES=1 npx vitest run test/registry/authoring/import` writes these anew; read the difference.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { intoRegistry } from '../../../../src/registry/authoring/import/into-registry.ts';
import { formatOf, readFailures } from '../../../../src/registry/authoring/import/read-failures.ts';
import { lintRegistry } from '../../../../src/registry/lint-registry.ts';
import { parseRegistry } from '../../../../src/registry/parse-registry.ts';

const FOLDER = fileURLToPath(new URL('../../../examples/imports/', import.meta.url));
const UPDATE = Boolean(process.env.UPDATE_EXAMPLES);
const name = '.github/signpost.yml';

function read(example: string) {
  const file = (path: string) => readFileSync(`${FOLDER}${example}/${path}`, 'utf8');
  const inputs = readdirSync(FOLDER + example).filter((path) => !/^(?:before|after|options|said)\./.test(path));
  const options = existsSync(`${FOLDER}${example}/options.json`) ? JSON.parse(file('options.json')) : {};
  return { input: inputs[0] as string, text: file(inputs[0] as string), before: file('before.yml'), options };
}

describe.each(readdirSync(FOLDER))('%s', (example) => {
  const { input, text, before, options } = read(example);
  const files = [{ path: name, text: before }];
  const { registry } = parseRegistry(files);
  const from = formatOf(input, text)!;
  const privateNames = registry!.settings.private;
  const failures = readFailures(input, text, from, { map: [], least: 1, privateNames, ...options });
  const { text: after, entries } = intoRegistry(
    { name, text: before, files, registry: registry! },
    failures,
    options.update ?? false,
  );
  const said = entries.map(({ action, id, title, why, source }) => `${action} ${id}: ${title} (${why}; ${source})\n`);

  test('becomes what is expected', () => {
    if (UPDATE) {
      writeFileSync(`${FOLDER}${example}/after.yml`, after);
      writeFileSync(`${FOLDER}${example}/said.txt`, said.join(''));
    }
    expect(after).toBe(readFileSync(`${FOLDER}${example}/after.yml`, 'utf8'));
    expect(said.join('')).toBe(readFileSync(`${FOLDER}${example}/said.txt`, 'utf8'));
  });

  test('is sound, and holds what was there and what was added', () => {
    const parsed = parseRegistry([{ path: name, text: after }]);
    const errors = [...parsed.mistakes, ...lintRegistry(parsed.registry!, '2026-06-01')].filter(
      ({ severity, scenario }) => severity === 'error' && !registry!.scenarios.some(({ id }) => id === scenario),
    );
    expect(errors).toEqual([]);
    const added = entries.flatMap((entry) => (entry.action === 'added' ? [entry.id] : []));
    const ids = parsed.registry!.scenarios.map(({ id }) => id);
    expect(ids).toEqual([...registry!.scenarios.map(({ id }) => id), ...added]);
  });

  test('makes the same of the same', () => {
    expect(readFailures(input, text, from, { map: [], least: 1, privateNames, ...options })).toEqual(failures);
  });

  test('adds nothing a second time', () => {
    const again = parseRegistry([{ path: name, text: after }]);
    const target = { name, text: after, files: [{ path: name, text: after }], registry: again.registry! };
    const second = intoRegistry(target, failures, options.update ?? false);
    expect(second.text).toBe(after);
  });
});
