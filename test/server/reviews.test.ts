import { afterEach, describe, expect, test } from 'vitest';
import { readExample } from '../read-example.ts';
import { fakeGitHub, type RunningService, runService } from './running-service.ts';

let running: RunningService;
afterEach(() => running.end());

const filesOf = (tree: Map<string, Buffer>) => Object.fromEntries(tree);

describe('the example pull request', () => {
  test('goes from nothing said to green by three pushes', async () => {
    const { before, after, repaired } = readExample('token-exchange');
    const github = fakeGitHub();
    const repository = github.repository('lanyard/docs', filesOf(before));
    running = await runService({ github });
    const half = new Map([...after].filter(([path]) => !path.endsWith('troubleshooting.mdx')));
    const pull = repository.openPullRequest({ files: { ...filesOf(half), 'notes.txt': 'soon\n' } });
    expect(await running.send(pull.event('opened'))).toBe(200);
    await running.quiet();
    expect(pull.checkRuns.map(({ status, conclusion }) => [status, conclusion])).toEqual([['completed', 'success']]);
    expect(pull.comments).toEqual([]);

    pull.push(filesOf(after));
    await running.send(pull.event('synchronize'));
    await running.quiet();
    expect(pull.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure']);
    expect(repository.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain('empty-keys');

    pull.push(filesOf(repaired));
    await running.send(pull.event('synchronize'));
    await running.quiet();
    expect(repository.requiredCheck(pull.headSha, 'Signpost')).toBe('passing');
    expect(pull.comments).toHaveLength(1);
    expect(pull.comments[0]?.body).toContain('All known failures are covered');
  });
});
