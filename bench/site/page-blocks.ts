import { capital } from './plan-scenarios.ts';
import { paragraph, sentence, type Writer, words } from './prose.ts';

/** One block of a page, with how often it is used beside the others. */
export const BLOCKS: readonly (readonly [weight: number, write: (writer: Writer) => string])[] = [
  [50, (writer) => paragraph(writer)],
  [12, list],
  [7, shellSample],
  [6, jsonSample],
  [6, table],
  [6, aside],
  [5, tabs],
  [4, details],
];

export const heading = (writer: Writer, depth = 2): string => `${'#'.repeat(depth)} ${capital(words(writer))}`;

const rows = ({ random }: Writer, write: () => string): string =>
  Array.from({ length: 3 + random.below(5) }, write).join('\n');

function list(writer: Writer): string {
  const isNumbered = writer.random.chance(0.4);
  return rows(writer, () => `${isNumbered ? '1.' : '-'} ${sentence(writer)}`);
}

function shellSample(writer: Writer): string {
  const [first, second] = words(writer, 2).split(' ');
  const path = `/v1/${first}s/${second}`;
  return `\`\`\`sh title="Terminal"\ncurl --request POST https://api.example.com${path} \\\n  --header "X-Key: $KEY" \\\n  --data '{"${first}": "${second}", "limit": ${writer.random.below(900)}}'\n\`\`\``;
}

function jsonSample(writer: Writer): string {
  const lines = rows(writer, () => `  "${words(writer, 2).replace(' ', '_')}": ${writer.random.below(100_000)},`);
  return `\`\`\`json\n{\n${lines}\n  "done": true\n}\n\`\`\``;
}

function table(writer: Writer): string {
  const body = rows(writer, () => `| \`${words(writer, 1)}\` | ${words(writer, 1)} | ${sentence(writer)} |`);
  return `| Field | Kind | What it is for |\n|---|---|---|\n${body}`;
}

function aside(writer: Writer): string {
  return `:::${writer.random.pick(['note', 'tip', 'caution'])}\n${sentence(writer)}\n:::`;
}

function tabs(writer: Writer): string {
  const item = () => `<TabItem label="${capital(words(writer, 1))}">\n\n${paragraph(writer, 2)}\n\n</TabItem>`;
  return `<Tabs>\n${item()}\n${item()}\n</Tabs>`;
}

function details(writer: Writer): string {
  return `<details>\n<summary>${capital(words(writer))}</summary>\n\n${paragraph(writer)}\n\n</details>`;
}
