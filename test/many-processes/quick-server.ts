/** The server as `src/server.ts` runs it, but that waits are short and writes are not spaced: for tests alone. */

import { startService } from '../../src/app/service.ts';
import { readEnvironment } from '../../src/runtime/environment.ts';
import { createLog, endOnBug } from '../../src/runtime/log.ts';

const environment = readEnvironment(process.env);
const log = createLog({ level: environment.logLevel });
endOnBug(log);
const second = Number(process.env.TEST_SECOND ?? 10);
const service = await startService(environment, log, { throttled: second >= 1_000, second, timeout: 2_000 });
process.once('SIGTERM', () => void service.stop().then(() => process.exit(0)));
