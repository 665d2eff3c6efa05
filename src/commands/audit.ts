import type { Gravity } from '../registry/registry.ts';
import { formatsOf, render } from '../report/formats.ts';
import type { RemoteFacts } from '../report/html/web-places.ts';
import type { Audit } from '../review/review.ts';
import type { Command, CommonValues, Occasion } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { orNotJudged, unjudgedAudit } from './not-judged.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-option.ts';
import { remoteFacts } from './remote-facts.ts';
import { CACHE_OPTION, type CachedValues, readRevision } from './repository.ts';
import { type Stopwatch, startStopwatch } from './stopwatch.ts';

interface AuditValues extends CommonValues, RegistryValues, CachedValues {
  rev: string;
  failOn?: Gravity;
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
  ],
  formats: formatsOf('audit'),
  examples: [
    ['audit', 'the docs as they are at HEAD'],
    ['audit --rev WORKTREE --fail-on high', 'what is on disk; fails if a grave failure is not covered'],
    ['audit --format html --output report.html', 'a page to read, to share and to print'],
    ['audit --registry ../failures.yml --format json', 'by a registry that is not in the repository'],
  ],
  run(values, occasion) {
    const stopwatch = startStopwatch();
    const tell = (audit: Audit, repository: RemoteFacts | null = null) => {
      const told = { ...occasion, milliseconds: stopwatch.milliseconds(), comment: {}, repository };
      return render('audit', values.format, audit, told) ?? '';
    };
    return orNotJudged(
      values,
      async () => {
        const audit = await auditRevision(values, occasion, stopwatch);
        const repository = values.format === 'html' ? await remoteFacts(values.repo, occasion) : null;
        return { text: tell(audit, repository), exitCode: EXIT_CODES[audit.verdict] };
      },
      (reason) => tell(unjudgedAudit(values.rev, reason)),
    );
  },
};

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
  const audit = stopwatch.judge(() => auditDocs({ ...at, registry, today, waive: [], failOn, cache }));
  pages.save(occasion.now());
  return audit;
}
