import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { fastImport, type ImportedCommit } from '../../bench/site/fast-import.ts';
import { importStream } from '../../bench/workload/git.ts';
import { decodeBlob } from '../../src/docs/decode-blob.ts';
import type { Blobs, Tree } from '../../src/docs/tree.ts';
import { openRepository, type Repository } from '../../src/local-git/repository.ts';
import type { RegistryInput } from '../../src/review/compare/load-registry.ts';
import type { BlobText } from '../../src/review/compare/snapshot.ts';
import { neededForReview } from '../../src/review/needed-for-review.ts';
import type { ReplayedMerge } from '../../src/review/replay/replay.ts';
import { reviewDocs } from '../../src/review/review-docs.ts';
import { runCli } from '../cli/run-cli.ts';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const REGISTRY = `version: 1
docs: [{ root: docs, framework: starlight, partials: [parts] }]
gate: { block: nearby }
scenarios:
  - { id: vault-sealed, title: The vault is sealed, codes: [vault_sealed], causes: ["key rotated"], links: [/keys/#rotate], pages: [errors] }
  - { id: token-blank, title: Tokens are blank, symptoms: ["token blank|empty"], causes: ["vault sealed"], pages: ["guides/**", errors], waive: { reason: Soon, until: 2026-01-03 } }
  - { id: callback-fails, title: The callback fails, symptoms: ["callback fails"], never: ["retry forever"] }
`;

const SECTIONS = [
  '## Errors\n\nThe answer is `vault_sealed` because the key was rotated. [Rotate](/keys/#rotate) it.',
  '## Errors\n\nThe answer is `vault_sealed`. [Rotate](/keys/#rotate) it.',
  '## Blank\n\nA token is blank when the vault is sealed.',
  '## Blank\n\nA token is empty.',
  '## Rotate\n\nRotate the key now and then.',
  '## The callback fails\n\nThe callback fails at night. Never retry forever.',
  "import Shared from '../../parts/shared.mdx';\n\n<Shared />",
  '<Tabs>\n\n{ never closed',
  'Nothing of interest stands here.',
];
const PATHS = ['docs/errors.mdx', 'docs/keys.mdx', 'docs/guides/a.mdx', 'docs/guides/b.mdx', 'parts/shared.mdx'];
const OTHERS = ['src/app.ts', 'public/a.svg', 'astro.config.mjs', 'docs/picture.png'];

/** Each takes some dozen processes. */
const RUNS = 10;

const text: fc.Arbitrary<string> = fc
  .record({ title: fc.constantFrom('One', 'Two'), sections: fc.shuffledSubarray(SECTIONS, { maxLength: 4 }) })
  .map(({ title, sections }) => `---\ntitle: ${title}\n---\n\n${sections.join('\n\n')}\n`);
const edit: fc.Arbitrary<[string, string | null]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...PATHS), fc.oneof({ weight: 6, arbitrary: text }, fc.constant(null))),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...OTHERS), fc.constantFrom('a', 'b', null)) },
);
const step = fc.record({ edits: fc.array(edit, { maxLength: 3 }), behind: fc.option(fc.nat(4)) });

/** `behind` is how many steps ago the branch began that is merged; without it the change was squashed. */
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One commit a day. A merge takes in what its branch has and keeps what happened meanwhile. */
function* commitsOf(steps: readonly Step[]): Generator<ImportedCommit> {
  const first = Date.UTC(2026, 0, 1) / 1000;
  const files = [...PATHS.slice(0, 3).map((path) => [path, `# ${path}\n`] as const), ['astro.config.mjs', ''] as const];
  yield { branch: 'main', from: null, mark: 1, when: first, message: 'Begin', files };
  for (const [at, { edits, behind }] of steps.entries()) {
    const number = 2 * at + 2;
    const parent = number - 2 || 1;
    const main = { branch: 'main', from: `:${parent}`, mark: number, when: first + (at + 1) * 86_400, files: edits };
    if (behind === null) yield { ...main, message: `Change (#${at})` };
    else {
      const base = Math.max(1, parent - 2 * behind);
      yield { ...main, branch: `topic-${at}`, from: `:${base}`, mark: number + 1, message: 'Topic' };
      yield { ...main, merge: `:${number + 1}`, message: `Merge pull request #${at} from acme/topic` };
    }
  }
}

test('says of any history what a review of each change says', async () => {
  const registry = join(tempFolder(), 'registry.yml');
  writeFileSync(registry, REGISTRY);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const { dir } = makeRepository();
      await importStream(dir, fastImport(commitsOf(steps)));
      const ran = await runCli(['replay', '--registry', registry, '--format', 'json'], { cwd: dir });
      const { merges } = JSON.parse(ran.stdout) as { merges: ReplayedMerge[] };
      expect(merges).toHaveLength(steps.length);
      const repository = await openRepository(dir);
      try {
        for (const merge of merges) expect(told(merge)).toEqual(await reviewed(merge, registry, repository));
      } finally {
        await repository.close();
      }
    }),
    { numRuns: RUNS },
  );
});

const told = ({ verdict, reason, findings, changes, changedPages }: ReplayedMerge) => ({
  ...{ verdict, reason, findings, changes, changedPages },
});

async function reviewed({ parent, head, date }: ReplayedMerge, path: string, repository: Repository) {
  const registry: RegistryInput = { files: [{ path, text: REGISTRY }], source: path, defaults: null };
  const base = await repository.snapshot(parent);
  const mergeBase = await repository.snapshot((await repository.mergeBase(parent, head)) ?? parent);
  const at = await repository.snapshot(head);
  const blobs = new Map<string, BlobText>();
  const needed = (tree: Tree, known: Blobs) => neededForReview(tree, known, { registry });
  await repository.load([base, mergeBase, at], needed, blobs, decodeBlob);
  const snapshots = { base, mergeBase, head: at, blobs };
  const review = reviewDocs({ snapshots, registry, today: date.slice(0, 10), waive: [], direct: false });
  const changes = review.scenarios.flatMap(({ scenario: { id }, change, before, after }) =>
    change === 'unchanged' ? [] : [{ id, change, before: before.state, after: after.state }],
  );
  const { verdict, reason, findings, counts } = review;
  return { verdict, reason, findings, changes, changedPages: counts.changedPages };
}
