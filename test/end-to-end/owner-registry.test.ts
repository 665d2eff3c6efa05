import { afterEach, expect, it } from 'vitest';
import type { FakeRepository } from '../fake-github/fake-repository.ts';
import { COVERED_SITE } from '../github/signpost-on-github.ts';
import { BLANK_TOKENS, registry } from '../review/build-snapshots.ts';
import { BREAKING, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

const BLOCKS_NOTHING = 'version: 1\ngate: { block: off }\n';

/** The owner's own repository, and one without a registry whose docs are those of the other one. */
async function start(text: string) {
  let [owner, bare]: FakeRepository[] = [];
  const { '.github/signpost.yml': _, ...pages } = COVERED_SITE;
  scene = await setScene(COVERED_SITE, (github) => {
    owner = github.repository('acme/.github', { 'signpost.yml': text });
    bare = github.repository('acme/bare', pages);
  });
  return { ...scene, owner: owner!, bare: bare! };
}

it('judges the open pull requests of all repositories again where the owner’s registry changes', async () => {
  const { bare, calls, docs, owner, tell } = await start(BLOCKS_NOTHING);
  const inDocs = Array.from({ length: 7 }, () => docs.openPullRequest({ files: BREAKING }));
  const inBare = bare.openPullRequest({ files: BREAKING });
  const gates = () => [
    ...inDocs.map(({ headSha }) => docs.requiredCheck(headSha, 'Signpost')),
    bare.requiredCheck(inBare.headSha, 'Signpost'),
  ];
  await tell(...inDocs.map((pull) => pull.event('opened')), inBare.event('opened'));
  expect(new Set(gates())).toEqual(new Set(['passing']));

  owner.commit('main', { 'signpost.yml': registry(BLANK_TOKENS) });
  calls();
  await tell(owner.pushEvent('main'));
  expect(new Set(gates())).toEqual(new Set(['failing']));
  expect(calls().filter((call) => call === 'repos/get-content')).toHaveLength(1);
  expect(inDocs.map(({ headSha }) => runsOf(docs, headSha).length)).toEqual(Array(7).fill(2));

  owner.commit('main', { 'signpost.yml': BLOCKS_NOTHING });
  await tell(owner.pushEvent('main'));
  expect(new Set(gates())).toEqual(new Set(['passing']));
});

it('leaves repositories without a registry alone where only the owner’s settings change', async () => {
  const { bare, docs, owner, tell } = await start(BLOCKS_NOTHING);
  const inDocs = docs.openPullRequest({ files: BREAKING });
  const inBare = bare.openPullRequest({ files: BREAKING });
  await tell(inDocs.event('opened'), inBare.event('opened'));
  owner.commit('main', { 'signpost.yml': 'version: 1\ngate: { block: introduced }\n' });
  await tell(owner.pushEvent('main'));
  expect(docs.requiredCheck(inDocs.headSha, 'Signpost')).toBe('failing');
  expect(runsOf(bare, inBare.headSha)).toHaveLength(1);
});

it('asks GitHub nothing where something else changes in the owner’s repository', async () => {
  const { calls, owner, tell } = await start(BLOCKS_NOTHING);
  calls();
  owner.commit('main', { 'workflow-templates/ci.yml': 'on: push\n' });
  await tell(owner.pushEvent('main'));
  expect(calls()).toEqual([]);
});
