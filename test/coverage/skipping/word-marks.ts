import type { Random } from '../../../bench/site/random.ts';

/** One way to write a word, or a part of one, so that readers see it as before: mostly, for some ways part it. */
type Write = (text: string, random: Random) => string;

const spell = (text: string, random: Random, write: (letter: string) => string): string => {
  const letters = Array.from(text);
  const at = random.below(letters.length);
  return letters.with(at, write(letters[at] as string)).join('');
};
const hex = (letter: string, length = 0) => (letter.codePointAt(0) as number).toString(16).padStart(length, '0');

/** Marks around a part of a word, `§`. */
// biome-ignore format: what is alike stands together
const AROUND: readonly string[] = [
  '**§**', '*§*', '__§__', '_§_', '~~§~~', '~§~', '***§***', '`§`', '``§``', '`` § ``',
  '<b>§</b>', '<i class=x>§</i>', '<b title="a > b">§</b>', "<b title='}'>§</b>", '<b title={">"}>§</b>',
  '<b\n>§</b>', '<b id="x"\n  class="y">§</b>', '<>§</>', '<Mark>§</Mark>', '<Mark on={a > b}>§</Mark>',
  '<kbd>§</kbd\n>', '<a href="/k">§</a>', '<span {...all}>§</span>', '<b>§</ b>', '<b a=b <c>§</b>',
  '[§](/keys)', '[§](/keys "A title")', "[§](/keys 'A ) title')", '[§](/keys (A title))', '[§](</a key>)',
  '[§](/keys(1))', '[§](\n/keys)', '[§](/keys\n"t")', '[§](/k\\))', '[§]()', '[§](<>)', '[§](/x\uff09/)',
  '[§][ref]', '[§][two\nlines]', '[§][]', '[§]', '[§](/keys)[](/x)', '![§](/i.png)', '![§](/i.png "t")', '![§][ref]',
  '![{x}§](/i.png)', '![§{x}](/i.png)', '[![§](/i.png)](/keys)', '![a [§](/b)](/c)', '![§<br/>](/i.png)',
  '<img alt="§">', '<img alt="§" />', "<img src='i.png' alt='§'>", '<img src=i alt=§ >', '<img alt={"§"} />',
  "{'§'}", '{"§"}', '{`§`}', "{ '§' }", "{\n'§'\n}", "{'§' }", "{\n> '§'}", "{(('§'))}", "{x && '§'}",
  '<![CDATA[§]]>', '<https://x.y/§>', '<x@y.§>', '<1@y.§>', '<§@y.z>', '<svg>§</svg>', '&lt;§&gt;', '(§)', '"§"',
];

/** Letters written as something else. */
const SPELT: readonly Write[] = [
  (text, random) => spell(text, random, (letter) => `&#${letter.codePointAt(0)};`),
  (text, random) => spell(text, random, (letter) => `&#x${hex(letter)};`),
  (text, random) => spell(text, random, (letter) => `&#${letter.codePointAt(0)}`),
  (text, random) => `{'${spell(text, random, (letter) => `\\u${hex(letter, 4)}`)}'}`,
  (text, random) => `{"${spell(text, random, (letter) => `\\u{${hex(letter)}}`)}"}`,
  (text, random) => `{\`${spell(text, random, (letter) => `\\x${hex(letter, 2)}`)}\`}`,
  (text, random) => `{'${spell(text, random, (letter) => `\\${letter}`)}'}`,
  (text, random) => `{"${spell(text, random, (letter) => `\\\n${letter}`)}"}`,
  (text, random) => `{"${spell(text, random, (letter) => `\\n${letter}`)}"}`,
  (text, random) => spell(text, random, (letter) => String.fromCodePoint((letter.codePointAt(0) as number) + 0xfee0)),
  (text, random) => spell(text, random, (letter) => `${letter}\u0301`),
  (text, random) => spell(text, random, (letter) => letter.normalize('NFD')),
  (text, random) => spell(text, random, (letter) => `\\${letter}`),
  (text) => text.replace(/TM$|tm$/, '\u2122'),
  (text) => `\u0338${text}`,
  (text) => text.replace(/[-_.']/g, '\\$&'),
  (text) => text.replaceAll('-', '\u2010').replaceAll("'", '\u2019'),
  (text) => text.replaceAll('-', '&hyphen;').replaceAll('_', '&lowbar;').replaceAll('.', '&period;'),
  (text) => text.replaceAll('-', '&#45;').replaceAll('_', '&#95;').replaceAll("'", '&apos;'),
  (text) => `&nbsp;${text}&mdash;`,
  (text) => `&nbsp${text}`,
  (text) => `&amp${text}`,
];

/** What may stand between two parts of a word and show nothing, or a little. */
// biome-ignore format: what is alike stands together
const BETWEEN: readonly string[] = [
  '<wbr>', '<wbr/>', '<b></b>', '</b>', '<a id="x"></a>', '<a id=x></a>', '<!-- x -->', '<!-- > -->', '<?x?>', '<!X>',
  '<br>', '<br/>', '<Br/>', '<BR/>', '<br\n/>', '<svg><br/></svg>', '<Part />', '<Icon name="x" />', '</ b>', '< b>',
  "{''}", '{x}', '{/* x */}', '{ /* } */ }', "{' '}", '{" "}', '{x("y")}', '{{}}', '{\n/* x */}', '{// x\n}',
  '&shy;', '&zwj;', '&zwnj;', '&ZeroWidthSpace;', '&nbsp;', '&#8203;', '&rsquo;', '&mdash;', '&hyphen;', '&hellip;',
  '\u200b', '\u00ad', '\u200d', '\ufeff', '\u2060', '\u2014', '\u2019', '\u00a0', '\u0338', '\u00b4', '\u3000',
  '**', '*', '_', '__', '~~', '`', '``', '\\', '\\_', '\\-', '\\.', "\\'", '\\*', "'", '.', '-', '|', '\\|', '/',
  '[](/x)', '![](/x)', '[^1]', '[ ](/x)', '[][ref]', '<></>', '<b>*</b>', '**_**', '_-', '-_', '_\u2014', '_\ufeff',
  '\n', '  \n', '\\\n', '\n\n', '\r\n', '\n> ', '\n  ', ' | ', '\t', '\u2028', '<script>x</script>', '<style></style>',
];

/** A word written otherwise: all of it, a part of it, or what stands inside it. */
export function writeWord(word: string, random: Random): string {
  const form = random.below(10);
  if (form < 1) return random.pick(SPELT)(word, random);
  const letters = Array.from(word);
  const cut = random.chance(0.2) ? random.pick([0, letters.length]) : 1 + random.below(letters.length);
  const [left, right] = [letters.slice(0, cut).join(''), letters.slice(cut).join('')];
  if (form < 4) return left + random.pick(BETWEEN) + right;
  if (form < 6) return writePart(left, random) + right;
  if (form < 8) return left + writePart(right, random);
  return writePart(left, random) + (random.chance(0.3) ? random.pick(BETWEEN) : '') + writePart(right, random);
}

/** Marks around a part, at times within others. */
function writePart(part: string, random: Random): string {
  if (part === '') return random.chance(0.5) ? '' : random.pick(BETWEEN);
  const written = random.chance(0.15) ? random.pick(SPELT)(part, random) : part;
  const marked = random.pick(AROUND).replace('§', () => written);
  return random.chance(0.2) ? random.pick(AROUND).replace('§', () => marked) : marked;
}
