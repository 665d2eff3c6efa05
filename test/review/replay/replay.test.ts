import { expect, test } from 'vitest';
import { describeChange } from '../../../src/review/replay/replay.ts';

test.each([
  ['Merge pull request #12 from acme/topic', 'Explain tokens\n', 'Explain tokens', 12],
  ['Merge pull request #12 from acme/topic', '', 'Merge pull request #12 from acme/topic', 12],
  ['Explain tokens (#7)', 'Explain tokens\n\nand more', 'Explain tokens', 7],
  ['Revert "Explain tokens (#7)" (#9)', '', 'Revert "Explain tokens (#7)"', 9],
  ['Revert "Explain tokens (#7)"', '', 'Revert "Explain tokens (#7)"', null],
  ['Merged in topic (pull request #3)', 'Explain tokens\n', 'Explain tokens', 3],
  ["Merge branch 'topic' into 'main'", 'Explain tokens\n\nSee merge request acme/docs!45\n', 'Explain tokens', 45],
  ["Merge branch 'topic'", '', "Merge branch 'topic'", null],
  ['Fix issue #4 at last', '', 'Fix issue #4 at last', null],
])('%j, %j', (subject, body, title, pullRequest) => {
  expect(describeChange(subject, body)).toEqual({ title, pullRequest });
});
