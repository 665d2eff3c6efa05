import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Options } from '../options.ts';
import type { Measured } from '../results.ts';
import type { Bench } from '../rows.ts';
import { script } from '../subjects/script.ts';
import type { Subject } from '../subjects/subject.ts';
import { corpusWorkload, type MadeOptions, madeWorkload, type Workload } from '../workload/workload.ts';
import { HAS_GNU_TIME, runProcess } from './run-process.ts';
import type { Pair } from './statistics.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** Scenarios that the site of the ratios speaks of: enough for the largest registry. */
const ALL_PLANNED = 10_000;
/** The same for the sites of the curves, small beside their pages. */
const FEW_PLANNED = 1_000;
const RATIO_PAGES = 1_000;

export type Tell = (text: string) => void;

/** Lets `work` measure in a temporary folder, which is removed whatever happens. */
export function withBench<T>(options: Options, tell: Tell, work: (bench: Bench) => Promise<T>): Promise<T> {
  return inTemporaryFolder((root) => work(benchIn(root, options, tell)));
}

function benchIn(root: string, { corpora, runs, seed, timeout }: Options, tell: Tell): Bench {
  const prepared = new Set<string>();
  let folders = 0;
  const folder = async () => {
    const path = join(root, String(folders++));
    await mkdir(path);
    return path;
  };
  const sites = once(async () => {
    const taken: Workload[] = [];
    for (const corpus of corpora) {
      tell(`taking the docs of ${corpus.dir}`);
      taken.push(await corpusWorkload(await folder(), corpus, seed));
    }
    return [...taken, await made({ pages: RATIO_PAGES, planned: ALL_PLANNED, isForPeers: true })];
  });
  const made = async (site: Omit<MadeOptions, 'seed'>) => {
    tell(`making a site of ${site.pages.toLocaleString('en')} pages`);
    return madeWorkload(await folder(), { seed, ...site });
  };
  const madeOnce = new Map<number, Promise<Workload>>();

  /** Warms up what was not yet, and gives what its check says. */
  async function prepare(subject: Subject): Promise<string | null> {
    const work = JSON.stringify(subject.prepare);
    if (subject.isShared && prepared.has(work)) return null;
    prepared.add(work);
    tell(`  first, untimed: ${subject.name}`);
    return subject.check(await runProcess(subject.prepare, timeout));
  }

  async function pairs(a: Subject, b: Subject, most = runs): Promise<Measured> {
    await prepare(a);
    const facts = await prepare(b);
    const taken: Pair[] = [];
    for (let run = 0; run < Math.min(runs, most); run++) {
      tell(`  run ${run + 1} of ${Math.min(runs, most)}: ${a.name}, then ${b.name}`);
      const [before, after] = [await sample(a, run), await sample(b, run)];
      taken.push({ a: before, b: after });
    }
    return { kind: 'ratio', against: a.name, pairs: taken, facts };
  }

  async function peak(subject: Subject, most = runs): Promise<Measured> {
    if (!HAS_GNU_TIME)
      return { kind: 'skipped', reason: 'GNU time is not at /usr/bin/time (Debian: apt-get install time)' };
    const values: number[] = [];
    let facts: string | null = null;
    for (let run = 0; run < Math.min(runs, most); run++) {
      tell(`  run ${run + 1} of ${Math.min(runs, most)}: ${subject.name}`);
      const finished = await runProcess(run === 0 ? subject.prepare : subject.command(run), timeout);
      if (run === 0) facts = subject.check(finished);
      values.push(finished.peakMiB!);
    }
    return { kind: 'values', unit: 'MiB', values, facts };
  }

  async function sample(subject: Subject, run: number) {
    const { wallMs, cpuMs, peakMiB } = await runProcess(subject.command(run), timeout);
    return { wallMs, cpuMs, peakMiB };
  }

  async function printed(file: string, args: readonly string[], unit: 's' | 'ms' | 'calls'): Promise<Measured> {
    tell(`  ${file}`);
    const numbers = JSON.parse((await runProcess(script(file, args).command(0), timeout)).stdout);
    const values = unit === 'calls' ? [numbers.length] : numbers;
    return { kind: 'values', unit, values, facts: unit === 'calls' ? numbers.join(', ') : null };
  }

  return {
    ...{ sites, folder, pairs, peak, printed, runs },
    made(pages) {
      const known = madeOnce.get(pages) ?? made({ pages, planned: FEW_PLANNED, isForPeers: false });
      madeOnce.set(pages, known);
      return known;
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
