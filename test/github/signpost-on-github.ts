import type { GitHubContext } from '../../src/github/github-context.ts';
import { type ConnectionOptions, connectInstallation, type GitHub } from '../../src/github/installation-client.ts';
import { findPullRequest, type PullRequest } from '../../src/github/pull-request.ts';
import type { Repository } from '../../src/github/repository.ts';
import { createFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from '../fake-github/fake-github.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import type { FakeRepository } from '../fake-github/fake-repository.ts';
import type { FileContent } from '../fake-github/git-objects.ts';
import { BLANK_TOKENS, COVERING, REGISTRY, registry, SECURITY } from '../review/build-snapshots.ts';
import { unboundedMemory } from './unbounded-memory.ts';

/** A repository whose one scenario is covered. */
export const COVERED_SITE: Record<string, FileContent> = {
  [REGISTRY]: registry(BLANK_TOKENS),
  'docs/troubleshooting.md': COVERING,
  'docs/security.md': SECURITY,
  'README.md': '# Acme\n',
};

/** Takes the cause out of the covering section. */
export const UNCOVERED = COVERING.replace('This is what you see when retrieval is disabled for the account. ', '');

export interface Scene {
  fake: FakeGitHub;
  docs: FakeRepository;
  repo: Repository;
  context: GitHubContext;
  /** The pull request as GitHub knows it now; asking is not counted. */
  pull(of: FakePullRequest): Promise<PullRequest>;
  /** Requests since the last time, by operation. */
  calls(): string[];
}

/** Connects as the installation of a repository, without the spacing that GitHub advises. */
export function connect(fake: FakeGitHub, docs: FakeRepository, options: Partial<ConnectionOptions> = {}): GitHub {
  const { appId, privateKey } = fake.credentials;
  return connectInstallation(
    fake.installationOf(docs).id,
    { id: appId, slug: fake.world.app.slug },
    { appId, privateKey, fetch: fake.fetch, throttled: false, second: 1, timeout: 2_000, ...options },
  );
}

export function setScene(files: Record<string, FileContent> = COVERED_SITE, options: FakeGitHubOptions = {}): Scene {
  const fake = createFakeGitHub(options);
  const docs = fake.repository('acme/docs', files);
  const repo = { owner: 'acme', name: 'docs', url: 'https://github.com/acme/docs' };
  const context: GitHubContext = {
    github: connect(fake, docs),
    memory: unboundedMemory(),
    now: () => fake.world.now(),
  };
  let seen = 0;
  return {
    fake,
    docs,
    repo,
    context,
    async pull(of) {
      const found = await findPullRequest(context.github, repo, of.number);
      seen = fake.requests.length;
      return found;
    },
    calls() {
      const fresh = fake.requests.slice(seen).map(({ operationId }) => operationId ?? 'unknown');
      seen = fake.requests.length;
      return fresh;
    },
  };
}
