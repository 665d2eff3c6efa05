import { type Logger, pino } from 'pino';
import type { LogLevel } from './environment.ts';

export type { Logger };

interface LogOptions {
  level: LogLevel;
  /** Where lines go; standard output unless given. */
  destination?: { write(line: string): void };
}

/**
 * A log of JSON lines that can hold nothing of a payload, a header or a token: it writes sentences, numbers and errors, and
 * leaves out every other value, also those that libraries pass.
 */
export function createLog({ level, destination }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }), log: plainFields },
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(this, plainArguments(args));
      },
    },
  };
  const log: Logger = destination ? pino(options, destination) : pino(options);
  const { child } = log;
  // Children inherit this from their parent; a formatter for bindings they would not.
  log.child = function (this: Logger, bindings: object, ...rest: []) {
    return child.call(this, plainFields({ ...bindings }), ...rest);
  } as Logger['child'];
  return log;
}

const LONGEST_TEXT = 400;
const SECRET_FIELDS = /^(?:authorization|cookie|password|private_?key|secret|signature|token|x-hub-signature.*)$/i;
/** GitHub's tokens in all their forms, signed tokens of any kind, keys. */
const SECRETS = [
  /\bgh[a-z]_[\w.-]+/g,
  /\bgithub_pat_\w+/g,
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b(?:bearer|token|basic)\s+[\w.~+/=-]{16,}/gi,
  /-----BEGIN[^-]*-----[\s\S]*?(?:-----END[^-]*-----|$)/g,
];

/** A log line's text: no secrets, not longer than a log can take. */
export function plainText(text: string): string {
  let plain = text.slice(0, LONGEST_TEXT * 4);
  for (const secret of SECRETS) plain = plain.replace(secret, '[secret]');
  return plain.length > LONGEST_TEXT ? `${plain.slice(0, LONGEST_TEXT)}…` : plain;
}

function plainArguments(args: unknown[]): unknown[] {
  const [first, second] = args;
  if (typeof first === 'string') return [plainText(first)];
  const message = typeof second === 'string' ? [plainText(second)] : [];
  if (first instanceof Error) return [{ err: first }, ...(message.length > 0 ? message : [plainText(first.message)])];
  return [first, ...message];
}

function plainFields(fields: Record<string, unknown>): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (SECRET_FIELDS.test(name)) continue;
    if (value instanceof Error) plain[name] = plainError(value);
    else if (typeof value === 'string') plain[name] = plainText(value);
    else if (typeof value === 'number' || typeof value === 'boolean') plain[name] = value;
  }
  return plain;
}

/** An error without what libraries attach to it: requests with their headers, events with their payloads. */
function plainError(error: Error): Record<string, unknown> {
  const { name, message, stack = '' } = error;
  const status = 'status' in error && typeof error.status === 'number' ? { status: error.status } : {};
  const inner = error instanceof AggregateError ? error.errors.slice(0, 5).map((each) => plainText(String(each))) : [];
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: name,
    message: plainText(message),
    ...status,
    ...(inner.length > 0 ? { errors: inner } : {}),
    // Whatever has a status was refused by GitHub or by the webhook reader, where the place in the code says nothing.
    ...('status' in error || frames.length === 0 ? {} : { at: frames.slice(0, 6).map((line) => line.trim()) }),
  };
}

/** From now on an error that nobody caught is logged and ends the process with 1: it may have left things half done. */
export function endOnBug(log: Logger): void {
  const die = (error: unknown): void => {
    log.fatal({ err: error }, 'this is a bug in Signpost');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
