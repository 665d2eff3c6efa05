import { runCli } from '../cli/run-cli.ts';
import { readExample } from '../read-example.ts';
import { type Files, makeRepository, type TempRepository } from '../temp-repository.ts';
import type { Side, Step } from './read-document.ts';

type Content = Map<string, string | Uint8Array>;

/** What a workflow's variables hold, in the docs' own examples. */
const ENVIRONMENT: Record<string, string> = {
  GITHUB_BASE_REF: 'main',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
};

/** What a document shows in the place of a temporary folder. */
const READERS_FOLDER = '~/lanyard-docs';

/** The folder in which a part's commands run: a repository with what its files and sentences say. */
export class DocumentPlace {
  private before: Content = new Map();
  private after: Content = new Map();
  private repository: TempRepository | null = null;
  private lastExit = 0;
  private shallow = false;

  take(step: Step): void {
    if (step.kind === 'example') {
      const { before, after } = readExample(step.name);
      this.before = new Map(before);
      this.after = new Map(after);
    } else if (step.kind === 'file') this.put(step.path, step.fence.body, step.side);
    else if (step.kind === 'delete') this.after.delete(step.path);
    else if (step.kind === 'move') {
      this.after.set(step.to, this.after.get(step.from) as string);
      this.after.delete(step.from);
    } else if (step.kind === 'shallow') this.shallow = true;
    else return;
    this.repository = null;
  }

  private put(path: string, body: string, side: Side | null): void {
    if (side !== 'after') this.before.set(path, body);
    if (side !== 'before') this.after.set(path, body);
  }

  /** Runs one command as a reader would, on branch `topic` where there is a pull request. */
  async run(typed: string): Promise<{ output: string; exitCode: number }> {
    if (typed === 'echo $?') return { output: `${this.lastExit}\n`, exitCode: 0 };
    const [program, ...argv] = wordsOf(typed);
    if (program === 'git') return { output: this.dir().git(...argv), exitCode: 0 };
    if (program !== 'signpost') throw new Error(`no way to check the command: ${typed}`);
    const { dir } = this.dir();
    const { exitCode, stdout, stderr } = await runCli(argv, { cwd: dir });
    this.lastExit = exitCode;
    return { output: (stdout + stderr).replaceAll(dir, READERS_FOLDER), exitCode };
  }

  private dir(): TempRepository {
    this.repository ??= this.shallow
      ? build(this.before, this.after).clone('--depth=1', '--no-single-branch')
      : build(this.before, this.after);
    return this.repository;
  }
}

function build(before: Content, after: Content): TempRepository {
  const repository = makeRepository({ '.gitkeep': '', ...Object.fromEntries(before) });
  repository.git('update-ref', 'refs/remotes/origin/main', 'main');
  const changes: Files = Object.fromEntries([...before.keys()].map((path) => [path, null]));
  for (const [path, content] of after) changes[path] = content;
  if ([...after].some(([path, content]) => before.get(path) !== content) || after.size !== before.size) {
    repository.branch('topic');
    repository.commit(changes);
  }
  return repository;
}

/** The words of a simple command line: quotes are kept together, variables and comments are read. */
export function wordsOf(typed: string): string[] {
  const words = typed.replace(/\s#.*$/, '').match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) =>
    word.replace(/["']/g, '').replace(/\$(\w+)/g, (_, name: string) => {
      const value = ENVIRONMENT[name];
      if (value === undefined) throw new Error(`no value for $${name} in: ${typed}`);
      return value;
    }),
  );
}
