/**
 * Judges a labelled set of scenarios and prints precision, recall and each wrong verdict.
 *
 * `npm run eval -- DIR [--repo REPO] [--rev REV]`: DIR holds `registry.yml` and `expected.json`
 * (id → `{ "state": "covered|partial|missing" }`); REPO is a git repository or bundle, by default the bundle in
 * `DIR/../corpora` that has REV; REV is `later` by default. Exits 1 where a demanded figure is missed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ScenarioCoverage, State } from '../src/coverage/coverage.ts';
import { judge } from '../src/coverage/judge.ts';
import { decodeBlob } from '../src/docs/decode-blob.ts';
import { buildSite } from '../src/docs/site/build-site.ts';
import { neededFiles } from '../src/docs/site/needed-files.ts';
import type { Blobs, BlobText, Tree } from '../src/docs/tree.ts';
import { openRepository } from '../src/local-git/repository.ts';
import { parseRegistry } from '../src/registry/parse-registry.ts';

const THREE_STATES_RIGHT = 111 / 115;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { repo: { type: 'string' }, rev: { type: 'string', default: 'later' } },
});
const dir = positionals[0];
if (!dir) throw new Error('usage: npm run eval -- DIR [--repo REPO] [--rev REV]');

const expected: Record<string, { state: State }> = JSON.parse(await readFile(path.join(dir, 'expected.json'), 'utf8'));
const temporary = await mkdtemp(path.join(tmpdir(), 'signpost-eval-'));
try {
  const source = values.repo ?? (await findBundle(dir, values.rev));
  execFileSync('git', ['clone', '--quiet', '--bare', source, path.join(temporary, 'docs.git')]);
  report(await judgeSet(dir, path.join(temporary, 'docs.git'), values.rev));
} finally {
  await rm(temporary, { recursive: true, force: true });
}

/** The bundle that names the revision. */
async function findBundle(of: string, rev: string): Promise<string> {
  const corpora = path.resolve(of, '../corpora');
  const bundles = (await readdir(corpora))
    .filter((name) => name.endsWith('.bundle'))
    .map((name) => path.join(corpora, name));
  const names = (bundle: string) => execFileSync('git', ['bundle', 'list-heads', bundle], { encoding: 'utf8' });
  const found = bundles.find((bundle) =>
    names(bundle)
      .split(/\s/)
      .some((name) => name.endsWith(`/${rev}`)),
  );
  if (!found) throw new Error(`no bundle in ${corpora} has ${rev}: name a repository with --repo`);
  return found;
}

async function judgeSet(set: string, repo: string, rev: string): Promise<ScenarioCoverage[]> {
  const registryPath = path.join(set, 'registry.yml');
  const files = [{ path: registryPath, text: await readFile(registryPath, 'utf8') }];
  const { registry } = parseRegistry(files);
  if (!registry) throw new Error(`${registryPath} holds no registry`);
  const repository = await openRepository(repo);
  const snapshot = await repository.snapshot(rev);
  const blobs = new Map<string, BlobText>();
  const needed = (tree: Tree, known: Blobs) =>
    neededFiles(tree, known, registry.settings.docs).map((file) => tree.get(file)!.blob);
  await repository.load([snapshot], needed, blobs, decodeBlob);
  await repository.close();
  const site = buildSite(snapshot.tree, blobs, registry.settings.docs);
  return [...judge(site, registry, { today: '2026-01-01', waived: new Set() }).values()];
}

/** A scenario that is documented only elsewhere counts as missing in a labelled set. */
function stateFor({ state, gaps }: ScenarioCoverage): State {
  return state === 'partial' && gaps.length === 1 && gaps[0]?.kind === 'elsewhere' ? 'missing' : state;
}

function report(judged: ScenarioCoverage[]): void {
  const rows = judged.map((coverage) => ({
    coverage,
    got: stateFor(coverage),
    want: expected[coverage.scenario.id]?.state,
  }));
  for (const { coverage, got, want } of rows) {
    if (got === want) continue;
    const best = coverage.candidates[0];
    const at = best ? ` ${best.evidence.path}:${best.evidence.line} "${best.evidence.label}"` : '';
    const lacks = coverage.gaps.map((gap) => `${gap.kind} ${gap.detail}`).join('; ');
    console.log(`wrong  ${coverage.scenario.id}: expected ${want}, got ${got} (${lacks})${at}`);
  }
  const covered = rows.filter((row) => row.got === 'covered');
  const truly = rows.filter((row) => row.want === 'covered');
  const both = covered.filter((row) => row.want === 'covered').length;
  const twoWay = rows.filter((row) => (row.got === 'covered') === (row.want === 'covered')).length;
  const threeWay = rows.filter((row) => row.got === row.want).length;
  console.log(`covered or not   ${twoWay} of ${rows.length}`);
  console.log(`three states     ${threeWay} of ${rows.length}`);
  console.log(`precision        ${(both / covered.length).toFixed(3)} (false covered: ${covered.length - both})`);
  console.log(`recall           ${(both / truly.length).toFixed(3)}`);
  if (twoWay < rows.length || threeWay < THREE_STATES_RIGHT * rows.length) process.exitCode = 1;
}
