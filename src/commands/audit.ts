import type { Gravity } from '../registry/registry.ts';
import { formatsOf } from '../report/formats.ts';
import type { CoveragePoint } from '../review/replay/replay.ts';
import type { Audit } from '../review/review.ts';
import { type Command, type CommonValues, oneOf } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, inFormat, notJudged } from './outcome.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-options.ts';
import { replayHistory } from './replay.ts';
import { CACHE_OPTION, type CachedValues, readRevision } from './repository.ts';
import { UsageFailure } from './usage-failure.ts';

/** How many near misses of a missing scenario each format shows. */
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
    oneOf('--fail-on <GRAVITY>', 'exit with 1 for a gap of this gravity or more', ['high', 'medium', 'low']),
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
  async run(values, context) {
    await checkTrend(values, context);
    const unjudged = (error: unknown): Audit => ({ ...notJudged(error, values), rev: values.rev, roots: [] });
    const audit = await auditRevision(values, context).catch(unjudged);
    const text = await inFormat('audit', audit, values, context, await coverageTrend(values, context));
    return { text, exitCode: EXIT_CODES[audit.verdict] };
  },
};

async function auditRevision(values: AuditValues, context: CommandContext): Promise<Audit> {
  const { today, stopwatch } = context;
  const registry = await registryInput(values, context);
  const [{ pages, ...at }, { auditDocs }] = await Promise.all([
    stopwatch.read(() => readRevision(values, () => values.rev, registry, context)),
    import('../review/audit-docs.ts'),
  ]);
  context.progress.announce('judging the docs…');
  const failOn = values.failOn ?? null;
  const cache = stopwatch.measured(pages);
  const near = NEAR_MISSES[values.format] ?? 0;
  const audit = stopwatch.judge(() => auditDocs({ ...at, registry, today, waive: [], failOn, near, cache }));
  pages.save(context.now());
  return audit;
}

/** Refuses a trend that cannot be shown, before anything is read. @throws {UsageFailure} */
async function checkTrend({ trend, format }: AuditValues, context: CommandContext): Promise<void> {
  if (trend === undefined) return;
  if (format !== 'html')
    throw new UsageFailure(`${format} has no trend.`, 'Add `--format html`, or leave out `--trend`.');
  const { readDate } = await import('./past-changes.ts');
  readDate('--trend', trend, context.now());
}

/**
 * The coverage of earlier commits up to the revision, oldest first. Without a change to judge it is empty, with a note:
 * that is no reason to fail.
 */
async function coverageTrend(
  { rev, trend: since, ...values }: AuditValues,
  context: CommandContext,
): Promise<readonly CoveragePoint[]> {
  if (since === undefined) return [];
  const range = rev === 'WORKTREE' ? 'HEAD' : rev;
  try {
    return (await replayHistory({ ...values, since, range }, context)).coverage;
  } catch (error) {
    if (!(error instanceof UsageFailure)) throw error;
    context.note(`The report has no trend. ${error.message}`);
    return [];
  }
}
