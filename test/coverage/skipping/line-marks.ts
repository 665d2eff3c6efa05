import type { Random } from '../../../bench/site/random.ts';

/** What stands in a line, put elsewhere; `§` is the text. */
// biome-ignore format: what is alike stands together
const PLACES: readonly string[] = [
  '# §', '## §', '## § {#there}', '## § [#there]', '§\n---', '§\n===', '> §', '> > §\n> more', '- §', '1. §',
  '- [ ] §', '**§**', '- **§**: more', '- `§` - more', '> [!NOTE] §\n> more', '> [!NOTE]\n> §', '- - §\n  more',
  ':::note §\nmore\n:::', ':::note[§]\nmore\n:::', ':::tip{title="§"}\nmore\n:::', '::leaf[§]{a="b"}',
  '```\n§\n```', '~~~js title="x"\n§\n~~~', '    §', '\t§', '`` § ``', '<pre>§</pre>', '<pre>\n§\n</pre>', '<code>§</code>',
  '| a | b |\n|---|---|\n| § | more |', '| § | b |\n|:--|--:|\n| a | c |', 'a | b\n-|-\n§ | c', '|§|b|\n|-|-|\n|c|§|',
  '<Code>\n\n| § | b |\n|---|---|\n| a | c |\n\n</Code>', '<table><tr><td>§</td><td>more</td></tr></table>',
  '<details>\n<summary>§</summary>\n\nmore\n\n</details>', '<details><summary>\n§\n</summary>more</details>',
  '<Aside title="§">\n\nmore\n\n</Aside>', "<Aside title='§'>more</Aside>", '<Aside title={"§"}>\nmore\n</Aside>',
  "<Aside title={'§'} />", '<Card title={<>§</>} href="/keys" />', '<Card title={<p>\n\n§\n\n</p>}>\nmore\n</Card>',
  '<Badge text="x" label="§" />', 'more <Tip label="§" /> more', '<img alt="§" src="i.png">', '<img src=i alt=§>',
  '<Tabs items={["§", \'other\']}>\n<Tab>more</Tab>\n<Tab>x</Tab>\n</Tabs>', '<Tab label="§">\nmore\n</Tab>',
  "<Tabs items={['other', '§']}>\n<Tab>x</Tab>\n\n<Tab>y</Tab>\n</Tabs>", '<Step title="§">\n\nmore\n\n</Step>',
  '<Tabs values={[{label: "§", value: "v"}]}>\n<TabItem value="v">\n\nmore\n\n</TabItem>\n</Tabs>',
  '<Snippet file="_part.mdx" />\n§', '<Code code="§" />', '<Code code={`§`} />', '<div>\n§\n</div>', '<div>§</div>',
  '<p>\n\n§\n\n</p>', '<!-- § -->', '{/* § */}', "{'§'}", '{"§"}', '{`§`}', '{§}', '<svg>§</svg>', '$$\n§\n$$',
  'export const text = "§"', '[§](/keys)', '![§](/i.png)', '[more](/keys "§")', 'more[^1]\n\n[^1]: §',
  '<https://x.y/§>', '[a]: /x "§"', '![a][b]\n\n[b]: /x "§"', '<Icon>§</Icon>§', '<script>§</script>', '§  \n§',
];

/** A line's text put into another block, attribute or sample. */
export function placeText(text: string, random: Random): string {
  return random.pick(PLACES).replaceAll('§', () => text);
}

const TITLES: readonly ((text: string) => string)[] = [
  (text) => `---\ntitle: ${text}\n---\n`,
  (text) => `---\ntitle: ${JSON.stringify(text)}\n---\n`,
  (text) => `---\ntitle: '${text.replaceAll("'", "''")}'\nsidebar: [a]\n---\n`,
  (text) => `---\ntitle: "${text.replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)}"\n---\n`,
  (text) => `---\ntitle: "\\U000000${text.charCodeAt(0).toString(16).padStart(2, '0')}${text.slice(1)}"\n---\n`,
  (text) => `---\ntitle: >-\n  ${text.replaceAll(' ', '\n  ')}\n---\n`,
  (text) => `---\ntitle: "${text.replaceAll(' ', ' \\\n  ')}"\n---\n`,
  (text) => `---\nx: &t ${JSON.stringify(text)}\ntitle: *t\n---\n`,
  (text) => `---\n{"title": ${JSON.stringify(text)}}\n---\n`,
  (text) => `+++\ntitle = ${JSON.stringify(text)}\n+++\n`,
  (text) => `+++\ntitle = '''\n${text}'''\n+++\n`,
  (text) => `+++\ntitle = """${text.replaceAll(' ', ' \\\n ')}"""\n+++\n`,
];

/** A page's frontmatter with a text as its title. */
export function titleBlock(text: string, random: Random): string {
  return random.pick(TITLES)(text);
}
