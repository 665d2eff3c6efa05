import type { ReplayedMerge } from './replay.ts';

/** How hosts word a merge commit: GitHub, then Bitbucket, then GitLab's last line. */
const MERGED = /^Merge pull request #(\d+) |^Merged in .*\(pull request #(\d+)\)$/;
const MERGE_REQUEST = /^See merge request \S*!(\d+)$/m;
const SQUASHED = /\s*\(#(\d+)\)$/;

/** What a commit's message tells of the pull request that it merged: the title without its number, and the number. */
export function describeChange(subject: string, body: string): Pick<ReplayedMerge, 'title' | 'pullRequest'> {
  const merged = MERGED.exec(subject);
  const request = MERGE_REQUEST.exec(body);
  const squashed = SQUASHED.exec(subject);
  const number = merged?.[1] ?? merged?.[2] ?? request?.[1] ?? squashed?.[1];
  const [first = ''] = body.split('\n').filter((line) => line.trim() !== '' && !MERGE_REQUEST.test(line));
  const isOfHost = merged !== null || (request !== null && subject.startsWith('Merge branch '));
  const title = isOfHost && first !== '' ? first : subject.replace(SQUASHED, '');
  return { title: title.trim(), pullRequest: number === undefined ? null : Number(number) };
}
