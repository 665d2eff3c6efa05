import { describe, expect, it } from 'vitest';
import { askAfresh, readOwnerDefaults } from '../../src/github/owner-defaults.ts';
import { findConcernedByOwner, takeConcerned } from '../../src/github/pushed.ts';
import { BLANK_TOKENS, registry } from '../review/build-snapshots.ts';
import { setScene } from './signpost-on-github.ts';

const SETTINGS = 'version: 1\ngate: { block: touched }\n';

/** An owner with a registry in `docs`, none in `bare`, and so many open pull requests in each. */
function owned(text: string, inDocs = 1, inBare = 1) {
  const scene = setScene();
  const owner = scene.fake.repository('acme/.github', { 'signpost.yml': text });
  const bare = scene.fake.repository('acme/bare', { 'README.md': '# Bare\n' });
  const open = (repository: typeof bare, count: number) =>
    Array.from({ length: count }, (_, at) => repository.openPullRequest({ files: { [`${at}.md`]: '# More\n' } }));
  open(scene.docs, inDocs);
  open(bare, inBare);
  open(scene.docs, 1)[0]!.close();
  const find = (had: boolean) => findConcernedByOwner(scene.repo, had, scene.context);
  return { ...scene, owner, bare, find };
}

const names = (pulls: { repo: { name: string }; number: number }[]) =>
  pulls.map(({ repo, number }) => `${repo.name} ${number}`);

describe('a change of the owner’s registry', () => {
  it.each([
    ['settings, as it did before', SETTINGS, false, ['docs 1']],
    ['settings, but held scenarios before', SETTINGS, true, ['docs 1', 'bare 1']],
    ['scenarios', registry(BLANK_TOKENS), false, ['docs 1', 'bare 1']],
  ])('to %s concerns the open pull requests of these repositories', async (_, text, had, expected) => {
    const scene = owned(text);
    const left = await scene.find(had);
    expect(names(await takeConcerned(left, 5, scene.context))).toEqual(expected);
    expect(await takeConcerned(left, 5, scene.context)).toEqual([]);
    expect(scene.fake.takeViolations()).toEqual([]);
  });

  it('is taken a few at a time across repositories, and goes on where it failed', async () => {
    const scene = owned(registry(BLANK_TOKENS), 4, 4);
    const left = await scene.find(true);
    expect(names(await takeConcerned(left, 3, scene.context))).toEqual(['docs 4', 'docs 3', 'docs 2']);
    scene.fake.faults.add('pulls/list', { kind: 'status', status: 503 }, { times: 3 });
    await expect(takeConcerned(left, 3, scene.context)).rejects.toMatchObject({ status: 503 });
    expect(names(await takeConcerned(left, 3, scene.context))).toEqual(['docs 1', 'bare 4', 'bare 3']);
    expect(names(await takeConcerned(left, 3, scene.context))).toEqual(['bare 2', 'bare 1']);
  });

  it('passes over a repository that is gone since', async () => {
    const scene = owned(registry(BLANK_TOKENS));
    const left = await scene.find(true);
    scene.fake.uninstall(scene.docs);
    expect(names(await takeConcerned(left, 5, scene.context))).toEqual(['bare 1']);
  });
});

it('the owner’s registry is asked for again at once where it is known to have changed', async () => {
  const scene = owned(SETTINGS);
  const read = () => readOwnerDefaults(scene.repo, scene.context);
  expect(askAfresh(scene.repo, scene.context.memory)).toBe(true);
  await read();
  expect(askAfresh(scene.repo, scene.context.memory)).toBe(false);
  scene.owner.commit('main', { 'signpost.yml': registry(BLANK_TOKENS) });
  expect((await read())?.text).toBe(registry(BLANK_TOKENS));
  expect(askAfresh(scene.repo, scene.context.memory)).toBe(true);
  await read();
  expect(scene.fake.calls('repos/get-content').map(({ status }) => status)).toEqual([200, 200, 304]);
});
