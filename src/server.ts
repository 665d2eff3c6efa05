import { type Service, startService } from './app/service.ts';
import { QueueUnavailable } from './queue/job-queue.ts';
import { EnvironmentMistakes, readEnvironment, readRedisUrl } from './runtime/environment.ts';
import { createLog, endOnBug } from './runtime/log.ts';

const USAGE = `usage: node dist/server.js [COMMAND]

  without a command         serve, as the environment says
  dead-letters              list the jobs that no repetition helped, one JSON line each
  redrive [KEY…]            put them, or those of these keys, into the queue again

  REDIS_URL names the queue of the last two.
`;

/** The process: settings in, exit code out. 0 after a shutdown that was asked for, 2 for bad settings, 1 for the rest. */
async function main([command, ...keys]: readonly string[]): Promise<void> {
  if (command === undefined) return serve();
  if (command === '--help') return void process.stdout.write(USAGE);
  if (command !== 'dead-letters' && command !== 'redrive') {
    process.stderr.write(`signpost: there is no command “${command}”.\n\n${USAGE}`);
    process.exit(2);
  }
  const url = readRedisUrl(process.env);
  const { openDeadLetters } = await import('./app/dead-letters.ts');
  const letters = await openDeadLetters(url, createLog({ level: 'silent' }));
  const lines = command === 'redrive' ? await letters.redrive(keys) : await letters.list();
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  letters.close();
}

async function serve(): Promise<void> {
  const environment = readEnvironment(process.env);
  const log = createLog({ level: environment.logLevel });
  endOnBug(log);

  let service: Service | null = null;
  let asked = false;
  const shutDown = async (): Promise<void> => {
    // Whoever asks twice does not want to wait.
    if (asked) process.exit(1);
    asked = true;
    await service?.stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown());
  service = await startService(environment, log);
}

/** Whether the server may not have its port, or another process has it. */
function isListenProblem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof EnvironmentMistakes || error instanceof QueueUnavailable || isListenProblem(error)))
    throw error;
  process.stderr.write(`signpost: ${error.message}\n`);
  process.exit(2);
}
