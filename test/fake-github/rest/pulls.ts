import { ancestors } from '../git-history.ts';
import { changedFileJson } from '../represent-git.ts';
import { pullDetailsJson, pullFiles, pullJson } from '../represent-pull.ts';
import type { Pull } from '../state.ts';
import { findPull } from '../world.ts';
import { type Call, type Handler, notFound, page, repositoryOf } from './call.ts';

/** "The response includes a maximum of 3000 files", in the description of listing the files of a pull request. */
const PULL_FILES = 3_000;

function pullOf(call: Call): Pull {
  const pull = findPull(repositoryOf(call), Number(call.params.pull_number));
  if (!pull) throw notFound();
  return pull;
}

const list: Handler = (call) => {
  const { query, world } = call;
  const state = query.get('state') ?? 'open';
  const [base, head] = [query.get('base'), query.get('head')];
  const found = [...repositoryOf(call).pulls.values()].filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (base === null || pull.base.ref === base) &&
      (head === null || `${pull.head.owner.login}:${pull.head.ref}` === head),
  );
  const sort = query.get('sort') ?? 'created';
  const when = (pull: Pull): string => (sort === 'updated' ? pull.updatedAt : pull.createdAt);
  found.sort((a, b) => (when(a) === when(b) ? a.number - b.number : when(a) < when(b) ? -1 : 1));
  const ascending = query.get('direction') ?? (query.has('sort') ? 'asc' : 'desc');
  if (ascending === 'desc') found.reverse();
  return page(call, found, (pull) => pullJson(world, pull));
};

/** Open pull requests whose head holds the commit, or the merged one that brought it. */
const listForCommit: Handler = (call) => {
  const repository = repositoryOf(call);
  const sha = call.params.commit_sha ?? '';
  const holds = ({ state, head, base, mergedAt }: Pull): boolean =>
    (state === 'open' || mergedAt !== null) &&
    ancestors(repository.git, head.sha).has(sha) &&
    !ancestors(repository.git, base.sha).has(sha);
  const found = [...repository.pulls.values()].filter(holds);
  return page(call, found, (pull) => pullJson(call.world, pull));
};

export const pulls: Record<string, Handler> = {
  'pulls/list': list,
  'pulls/get': (call) => ({ status: 200, body: pullDetailsJson(call.world, pullOf(call)) }),
  'pulls/list-files': (call) => {
    const pull = pullOf(call);
    const { repository } = pull.base;
    const files = pullFiles(pull).slice(0, PULL_FILES);
    return page(call, files, (file) => changedFileJson(call.world, repository, pull.head.sha, file));
  },
  'repos/list-pull-requests-associated-with-commit': listForCommit,
};
