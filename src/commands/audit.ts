import type { Gravity } from '../registry/registry.ts';
import { formatsOf, render } from '../report/formats.ts';
import type { RemoteFacts } from '../report/html/web-places.ts';
import type { CoveragePoint } from '../review/replay/replay.ts';
import type { Audit } from '../review/review.ts';
import type { Command, CommonValues, Occasion } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { orNotJudged, unjudgedAudit } from './not-judged.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-option.ts';
import { remoteFacts } from './remote-facts.ts';
import { CACHE_OPTION, type CachedValues, readRevision } from './repository.ts';
import { type Stopwatch, startStopwatch } from './stopwatch.ts';
import { UsageFailure } from './usage-failure.ts';

/** How many sections that come near a missing scenario each format shows. */
const NEAR_MISSES: Record<string, number> = { terminal: 1, json: 3, html: 3 };

interface AuditValues extends CommonValues, RegistryValues, CachedValues {
  rev: string;
  failOn?: Gravity;
  trend?: string;
}

export const AUDIT: Command<AuditValues> = {
  name: 'audit',
  summary: 'say how well the docs cover every known failure',
  description:
    'Judges the whole registry at one commit. It fails for an invalid registry, and for gaps with --fail-on.',
  options: [
    { flags: '--rev <REV>', description: 'the commit; WORKTREE for uncommitted work', default: 'HEAD' },
    ...REGISTRY_OPTIONS,
    CACHE_OPTION,
    {
      flags: '--fail-on <GRAVITY>',
      description: 'exit with 1 for a gap of this gravity or more',
      choices: ['high', 'medium', 'low'],
    },
    {
      flags: '--trend <DATE>',
      description: 'with html: coverage over time from that day, or from a span ago such as "6 months"',
    },
  ],
  formats: formatsOf('audit'),
  examples: [
    ['audit', 'the docs as they are at HEAD'],
    ['audit --rev WORKTREE --fail-on high', 'what is on disk; fails if a grave failure is not covered'],
    ['audit --format html --output report.html', 'a page to read, to share and to print'],
    ['audit --format html --trend "6 months" --output report.html', 'the same with a chart of the last half year'],
    ['audit --registry ../failures.yml --format json', 'by a registry that is not in the repository'],
  ],
  run(values, occasion) {
    const stopwatch = startStopwatch();
    const tell = (audit: Audit, page: PageFacts = {}) => {
      const told = { ...occasion, milliseconds: stopwatch.milliseconds(), comment: {}, ...page };
      return render('audit', values.format, audit, told) ?? '';
    };
    return orNotJudged(
      values,
      async () => {
        const readTrend = await trendReader(values, occasion);
        const audit = await auditRevision(values, occasion, stopwatch);
        const page = values.format === 'html' ? await pageFacts(values, occasion, readTrend) : {};
        return { text: tell(audit, page), exitCode: EXIT_CODES[audit.verdict] };
      },
      (reason) => tell(unjudgedAudit(values.rev, reason)),
    );
  },
};

/** What a page tells beside the audit itself. */
interface PageFacts {
  repository?: RemoteFacts | null;
  trend?: readonly CoveragePoint[];
}

async function pageFacts(
  { repo }: AuditValues,
  occasion: Occasion,
  readTrend: () => Promise<readonly CoveragePoint[]>,
): Promise<PageFacts> {
  return { repository: await remoteFacts(repo, occasion), trend: await readTrend() };
}

/** How coverage went, to be asked for after the audit. @throws {UsageFailure} at once for what cannot be asked */
async function trendReader(values: AuditValues, occasion: Occasion): Promise<() => Promise<readonly CoveragePoint[]>> {
  const { trend, format } = values;
  if (trend === undefined) return async () => [];
  if (format !== 'html')
    throw new UsageFailure(`${format} has no trend.`, 'Add `--format html`, or leave out `--trend`.');
  const { readCoverageTrend } = await import('./coverage-trend.ts');
  return readCoverageTrend({ ...values, since: trend }, occasion);
}

async function auditRevision(values: AuditValues, occasion: Occasion, stopwatch: Stopwatch): Promise<Audit> {
  const registry = await registryInput(values, occasion);
  const [{ pages, ...at }, { auditDocs }] = await Promise.all([
    stopwatch.read(() => readRevision(values, () => values.rev, registry, occasion)),
    import('../review/audit-docs.ts'),
  ]);
  occasion.progress.announce('judging the docs…');
  const { today } = occasion;
  const failOn = values.failOn ?? null;
  const cache = stopwatch.measured(pages);
  const near = NEAR_MISSES[values.format] ?? 0;
  const audit = stopwatch.judge(() => auditDocs({ ...at, registry, today, waive: [], failOn, near, cache }));
  pages.save(occasion.now());
  return audit;
}
