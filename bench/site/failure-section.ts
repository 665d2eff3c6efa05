import { capital, type PlannedScenario } from './plan-scenarios.ts';
import { sentence, type Writer } from './prose.ts';

/** What the home page says of a scenario, as its outcome asks for; empty for a missing one. */
export function failureSection(scenario: PlannedScenario, writer: Writer): string {
  const { outcome, lacks } = scenario;
  if (outcome === 'missing') return '';
  if (lacks === 'only-in-sample') return sampleOnly(scenario, writer);
  const parts = partsOf(scenario, lacks, writer);
  return writer.random.pick([underHeading, inDetails, inAccordion, inRow, inListItem])(parts, writer);
}

/** A sentence elsewhere that names a covered failure and leads to its page. */
export function mention({ codes, said, home }: PlannedScenario, { names }: Writer): string {
  const code = codes[0] === undefined ? '' : ` with \`${codes[0]}\``;
  return `When ${said.failure}${code}, read [what to do](${names.route(home)}).`;
}

interface Parts {
  label: string;
  code: string;
  cause: string;
  fix: string;
}

function partsOf({ title, codes, links, said }: PlannedScenario, lacks: string | null, writer: Writer): Parts {
  const code = codes[0] === undefined ? '' : `\`${codes[0]}\``;
  const causes = said.causes.map((cause) => `This happens because ${cause}.`).join(' ');
  const to = links.map((link) => `Read [how to repair it](${link}) to go on.`).join(' ');
  return {
    label: title,
    code,
    cause: lacks === 'cause' ? sentence(writer) : causes,
    fix: lacks === 'link' || to === '' ? sentence(writer) : to,
  };
}

const named = (code: string): string => (code === '' ? '' : `The answer holds ${code}. `);

function underHeading({ label, code, cause, fix }: Parts, writer: Writer): string {
  return `### ${label}\n\n${named(code)}${cause}\n\n${sentence(writer)} ${fix}`;
}

function inDetails({ label, code, cause, fix }: Parts, writer: Writer): string {
  return `<details>\n<summary>${label}</summary>\n\n${named(code)}${cause}\n\n${fix} ${sentence(writer)}\n\n</details>`;
}

function inAccordion({ label, code, cause, fix }: Parts): string {
  return `<Accordion title="${label}">\n\n${named(code)}${cause} ${fix}\n\n</Accordion>`;
}

function inRow({ label, code, cause, fix }: Parts): string {
  return `| What you see | Why | What to do |\n|---|---|---|\n| ${label} ${code} | ${cause} | ${fix} |`;
}

function inListItem({ label, code, cause, fix }: Parts): string {
  return `- **${label}**: ${named(code)}${cause} ${fix}`;
}

function sampleOnly({ codes }: PlannedScenario, writer: Writer): string {
  return `${capital(sentence(writer))}\n\n\`\`\`json\n{ "error": "${codes[0]}" }\n\`\`\``;
}
