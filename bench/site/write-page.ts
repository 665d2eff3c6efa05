import { failureSection, mention } from './failure-section.ts';
import { BLOCKS, heading } from './page-blocks.ts';
import { capital, type PlannedScenario } from './plan-scenarios.ts';
import { paragraph, sentence, type Writer, words } from './prose.ts';

export const PARTIALS_ROOT = 'src/content/partials';

/** Pages that show a partial, and pages elsewhere that mention a failure. */
const SHOWS_PARTIAL = 0.15;
const MENTIONS = 0.5;

export interface PageContent {
  title: string;
  /** The failures that the page is the home of. */
  failures: readonly PlannedScenario[];
  /** A failure that is covered elsewhere and mentioned here, or null. */
  mentioned: PlannedScenario | null;
  /** The file name of a partial to show, or null. */
  partial: string | null;
}

/** Decides by chance what a page has beside its own text. */
export function contentOf(
  title: string,
  failures: readonly PlannedScenario[],
  scenarios: readonly PlannedScenario[],
  partials: readonly string[],
  { random }: Writer,
): PageContent {
  const partial = random.chance(SHOWS_PARTIAL) ? random.pick(partials) : null;
  const candidate = random.chance(MENTIONS) ? scenarios[random.logBetween(1, scenarios.length + 1) - 1] : undefined;
  return { title, failures, partial, mentioned: candidate?.outcome === 'covered' ? candidate : null };
}

/** One MDX page as a docs team would lay it out. */
export function writePage({ title, failures, mentioned, partial }: PageContent, writer: Writer): string {
  const blocks = [
    `---\ntitle: ${title}\ndescription: ${capital(words(writer, 6))}\nsidebar:\n  order: ${writer.random.below(90)}\n---`,
    imports(partial),
    paragraph(writer),
    '## Before you start',
    partial === null ? paragraph(writer) : '<Setup />',
    ...body(writer),
    ...(mentioned ? [`${sentence(writer)} ${mention(mentioned, writer)} ${sentence(writer)}`] : []),
    ...troubleshooting(failures, writer),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function imports(partial: string | null): string {
  const components = "import { Accordion, TabItem, Tabs } from '@astrojs/starlight/components';";
  return partial === null ? components : `${components}\nimport Setup from '../../../partials/${partial}';`;
}

function body(writer: Writer): string[] {
  const blocks: string[] = [];
  const count = 4 + writer.random.below(12);
  for (let i = 0; i < count; i++) {
    if (i % 3 === 0) blocks.push(heading(writer, i % 2 === 0 ? 2 : 3));
    blocks.push(chooseBlock(writer)(writer));
  }
  return blocks;
}

function chooseBlock({ random }: Writer): (writer: Writer) => string {
  let at = random.below(BLOCKS.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, write] of BLOCKS) {
    at -= weight;
    if (at < 0) return write;
  }
  throw new Error('the weights do not add up');
}

function troubleshooting(failures: readonly PlannedScenario[], writer: Writer): string[] {
  const sections = failures.map((scenario) => failureSection(scenario, writer)).filter((section) => section !== '');
  return sections.length > 0 ? ['## Troubleshooting', paragraph(writer, 1), ...sections] : [];
}
