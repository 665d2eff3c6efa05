import type { Logger } from './log.ts';

/** From here on, what nobody caught is logged and ends the process with 1: it may have left anything half done. */
export function endOnBug(log: Logger): void {
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'this is a bug in Signpost');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
