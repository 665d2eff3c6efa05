import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCommands } from '../../src/github/comment-commands.ts';

it('reads each command on a line of its own', () => {
  const body = [
    'Thanks!',
    '/signpost recheck',
    '  /signpost waive blank-tokens Fixed in 4.2,  see the notes ',
    '/signpost unwaive blank-tokens',
    '/signpost explain `blank-tokens`',
    '/signpost help',
    '/signpost',
  ].join('\r\n');
  expect(parseCommands(body)).toEqual([
    { name: 'recheck' },
    { name: 'waive', id: 'blank-tokens', reason: 'Fixed in 4.2, see the notes' },
    { name: 'unwaive', id: 'blank-tokens' },
    { name: 'explain', id: 'blank-tokens' },
    { name: 'help' },
    { name: 'help' },
  ]);
});

it('takes ids and words whatever their case', () => {
  expect(parseCommands('/Signpost WAIVE Blank-Tokens: no longer shown')).toEqual([
    { name: 'waive', id: 'blank-tokens', reason: 'no longer shown' },
  ]);
});

it.each([
  ['in a sentence', 'Try /signpost recheck'],
  ['in a quotation', '> /signpost recheck'],
  ['in a list', '- /signpost recheck'],
  ['in inline code', '`/signpost recheck`'],
  ['in indented code', '    /signpost recheck'],
  ['in a code block', '```\n/signpost recheck\n```'],
  ['in a code block that a shorter fence does not end', '````\n```\n/signpost recheck\n````'],
  ['in a code block of tildes that never ends', '~~~ sh\n```\n/signpost recheck'],
  ['in an HTML comment', '<!-- hidden\n/signpost recheck\n-->'],
  ['as the start of another word', '/signposts recheck'],
])('reads no command %s', (_, body) => {
  expect(parseCommands(body)).toEqual([]);
});

it('reads a command after a code block and after an HTML comment', () => {
  expect(parseCommands('```\ncode\n```\n<!-- one --> <!-- two\n-->\n/signpost recheck')).toEqual([{ name: 'recheck' }]);
});

it.each([
  ['/signpost waive', 'The id of a scenario is missing.'],
  ['/signpost explain ../../etc', 'The id of a scenario is missing.'],
  ['/signpost waive blank-tokens', 'A waiver of blank-tokens needs a reason after the id.'],
  ['/signpost fix it', 'There is no command fix.'],
])('says what %s lacks', (body, problem) => {
  expect(parseCommands(body)).toEqual([{ name: 'unclear', problem }]);
});

it('follows no more than twenty commands of a comment', () => {
  expect(parseCommands('/signpost recheck\n'.repeat(1_000))).toHaveLength(20);
});

it('is not slowed down by hostile text', () => {
  // So long that it would never end if the work grew faster than the text.
  const longest = 2_000_000;
  const hostile = ['`', '<!--', '/signpost \t', '/signpost waive a-', 'a-'].map((part) =>
    part.repeat(longest / part.length),
  );
  for (const text of [...hostile, `/signpost waive ${hostile.at(-1)}`])
    expect(parseCommands(text).length).toBeLessThanOrEqual(1);
});

it('never throws, and its texts are one clean line', () => {
  const word = fc.constantFrom(
    '/signpost ',
    'waive ',
    'explain ',
    'blank-tokens ',
    '```',
    '\n',
    '<!--',
    '-->',
    '\u202e',
    '@jo ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'binary' }))), (words) => {
      for (const command of parseCommands(words.join(''))) {
        const text = 'reason' in command ? command.reason : 'problem' in command ? command.problem : '';
        expect(text).not.toMatch(/[\n\r\u202e]/);
      }
    }),
  );
});
