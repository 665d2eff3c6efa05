import { expect, it } from 'vitest';
import { mayWrite } from '../../src/github/permissions.ts';
import { setScene } from './signpost-on-github.ts';

it.each([
  ['admin', true],
  ['maintain', true],
  ['write', true],
  ['triage', false],
  ['read', false],
] as const)('%s may write: %s', async (role, expected) => {
  const scene = setScene();
  scene.docs.collaborator('jo', role);
  expect(await mayWrite('jo', scene.repo, scene.context)).toBe(expected);
});

it('lets nobody write whom GitHub does not know', async () => {
  const scene = setScene();
  scene.fake.faults.add('repos/get-collaborator-permission-level', { kind: 'status', status: 404 });
  expect(await mayWrite('gone', scene.repo, scene.context)).toBe(false);
});

it('remembers an answer for ten minutes, whatever the case of a login', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'read');
  expect(await mayWrite('jo', scene.repo, scene.context)).toBe(false);
  scene.docs.collaborator('jo', 'write');
  expect(await mayWrite('Jo', scene.repo, scene.context)).toBe(false);
  scene.fake.advance(11 * 60_000);
  expect(await mayWrite('jo', scene.repo, scene.context)).toBe(true);
});

it('passes on that GitHub failed', async () => {
  const scene = setScene();
  scene.fake.faults.add('repos/get-collaborator-permission-level', { kind: 'status', status: 500 }, { times: 3 });
  await expect(mayWrite('jo', scene.repo, scene.context)).rejects.toMatchObject({ status: 500 });
});
