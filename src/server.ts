import { type Service, startService } from './app/service.ts';
import { EnvironmentMistakes, readEnvironment } from './runtime/environment.ts';
import { createLog } from './runtime/log.ts';

/** The process: settings in, exit code out. 0 after a shutdown that was asked for, 2 for bad settings, 1 for the rest. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const log = createLog({ level: environment.logLevel });
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'this is a bug in Signpost');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);

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

/** The port is taken, or may not be. */
function isListenProblem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && error.syscall === 'listen';
}

try {
  await main();
} catch (error) {
  if (!(error instanceof EnvironmentMistakes || isListenProblem(error))) throw error;
  process.stderr.write(`signpost: ${error.message}\n`);
  process.exit(2);
}
