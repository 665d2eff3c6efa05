import { expect, it } from 'vitest';
import { readOwnerDefaults } from '../../src/github/owner-defaults.ts';
import { parseRegistry } from '../../src/registry/parse-registry.ts';
import type { FileContent } from '../fake-github/git-objects.ts';
import { setScene } from './signpost-on-github.ts';

const TEXT = 'version: 1\ngate: { block: touched }\n';
const HOUR = 3_600_000;

function ownedBy(content: FileContent) {
  const scene = setScene();
  scene.fake.repository('acme/.github', { 'signpost.yml': content });
  return scene;
}

it('reads the registry in the owner’s .github repository and asks again at no cost', async () => {
  const scene = ownedBy(TEXT);
  const read = () => readOwnerDefaults(scene.repo, scene.context);
  expect(await read()).toEqual({ path: 'acme/.github/signpost.yml', text: TEXT });
  await read();
  expect(scene.fake.calls('repos/get-content')).toHaveLength(1);
  scene.fake.advance(HOUR / 2);
  expect(await read()).toEqual({ path: 'acme/.github/signpost.yml', text: TEXT });
  expect(scene.fake.calls('repos/get-content').map(({ status }) => status)).toEqual([200, 304]);
});

it('remembers that there is none', async () => {
  const scene = setScene();
  expect(await readOwnerDefaults(scene.repo, scene.context)).toBeNull();
  expect(await readOwnerDefaults(scene.repo, scene.context)).toBeNull();
  expect(scene.fake.calls('repos/get-content')).toHaveLength(1);
});

it('takes what is no text as unreadable, which the registry tells', async () => {
  const scene = ownedBy(new Uint8Array([1, 0, 2]));
  const defaults = await readOwnerDefaults(scene.repo, scene.context);
  const { registry, mistakes } = parseRegistry([], { defaults });
  expect(registry).toBeNull();
  expect(mistakes[0]?.message).toContain('cannot be read and count as absent');
});

it('takes a folder of that name as none', async () => {
  const scene = setScene();
  scene.fake.repository('acme/.github', { 'signpost.yml/a.yml': TEXT });
  expect(await readOwnerDefaults(scene.repo, scene.context)).toBeNull();
});

it('does not go on without it where GitHub fails', async () => {
  const scene = ownedBy(TEXT);
  scene.fake.faults.add('repos/get-content', { kind: 'status', status: 500 }, { times: 3 });
  await expect(readOwnerDefaults(scene.repo, scene.context)).rejects.toMatchObject({ status: 500 });
});
