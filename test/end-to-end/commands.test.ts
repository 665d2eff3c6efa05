import { afterEach, expect, it } from 'vitest';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import { another, BREAKING, commentsOf, HARMLESS, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

async function start(files: Record<string, string> = BREAKING) {
  scene = await setScene(undefined, (_, docs) => {
    docs.collaborator('jo', 'write');
    docs.collaborator('tina', 'triage');
  });
  const pull = scene.docs.openPullRequest({ files });
  await scene.tell(pull.event('opened'));
  return pull;
}

/** Writes a comment and waits for what comes of it. */
async function say(pull: FakePullRequest, login: string, text: string) {
  const comment = pull.comment(login, text);
  await scene.tell(pull.commentEvent(comment, 'created'));
  return comment;
}

const gate = (pull: FakePullRequest) => scene.docs.requiredCheck(pull.headSha, 'Signpost');
const reactions = ({ reactions: given }: { reactions: { content: string }[] }) => given.map(({ content }) => content);

it('waives and takes back what a writer says, and reads it again after a restart', async () => {
  const pull = await start();
  const comment = await say(
    pull,
    'jo',
    'This is fine.\n\n/signpost waive blank-tokens Logged by the product since 4.2',
  );
  expect([gate(pull), reactions(comment)]).toEqual(['passing', ['+1']]);
  expect(commentsOf(pull)[0]?.body).toContain('by `jo`: Logged by the product since 4.2');

  await scene.running.service.stop();
  scene = await another(scene);
  await scene.tell(scene.docs.checkSuiteEvent(pull.headSha, 'rerequested'));
  expect(gate(pull)).toBe('passing');
  await say(pull, 'jo', '/signpost unwaive blank-tokens');
  expect(gate(pull)).toBe('failing');
});

it('takes back what a comment asked for that is edited or deleted', async () => {
  const pull = await start();
  const text = '/signpost waive blank-tokens Later';
  const comment = await say(pull, 'jo', text);
  expect(gate(pull)).toBe('passing');
  pull.editComment(comment, 'Never mind.');
  await scene.tell(pull.commentEvent(comment, { editedFrom: text }));
  expect(gate(pull)).toBe('failing');
  const again = await say(pull, 'jo', text);
  expect(gate(pull)).toBe('passing');
  const deleted = pull.commentEvent(again, 'deleted');
  pull.deleteComment(again);
  await scene.tell(deleted);
  expect(gate(pull)).toBe('failing');
});

it.each(['tina', 'stranger'])('does nothing for %s, who may not write, but says so by a reaction', async (login) => {
  const pull = await start();
  const runs = runsOf(scene.docs, pull.headSha).length;
  for (const command of ['waive blank-tokens please', 'recheck', 'explain blank-tokens', 'help']) {
    expect(reactions(await say(pull, login, `/signpost ${command}`))).toEqual(['-1']);
  }
  expect([gate(pull), runsOf(scene.docs, pull.headSha).length]).toEqual(['failing', runs]);
  await scene.tell(scene.docs.checkSuiteEvent(pull.headSha, 'rerequested'));
  expect(gate(pull)).toBe('failing');
  expect(commentsOf(pull)[0]?.body).not.toContain('Explained');
});

it('judges again, explains and helps, also where there was nothing to say', async () => {
  const pull = await start(HARMLESS);
  expect(commentsOf(pull)).toEqual([]);
  await say(pull, 'jo', '/signpost recheck');
  expect(runsOf(scene.docs, pull.headSha).map(({ conclusion }) => conclusion)).toEqual(['success', 'success']);
  expect(commentsOf(pull)).toEqual([]);
  await say(pull, 'jo', '/signpost explain blank-tokens');
  expect(commentsOf(pull)[0]?.body).toContain('Explained: <code>blank-tokens</code>');
  await say(pull, 'jo', '/signpost help');
  expect(commentsOf(pull)[0]?.body).toContain('`/signpost waive ID reason…`');
  expect(reactions(await say(pull, 'jo', '/signpost waive blank-tokens'))).toEqual(['confused']);
  expect(commentsOf(pull)).toHaveLength(1);
});

it('is not called by comments without a command, nor by its own', async () => {
  const pull = await start();
  scene.calls();
  await say(pull, 'jo', 'Why does `/signpost recheck` exist?\n\n> /signpost recheck');
  await scene.tell(pull.commentEvent(commentsOf(pull)[0]!, 'created'));
  expect(scene.calls()).toEqual([]);
});
