import { createHmac, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, runService, WEBHOOK_PATH, WEBHOOK_SECRET } from './running-service.ts';

let running: RunningService;
beforeAll(async () => {
  running = await runService();
});
afterAll(() => running.end());

const sign = (body: string | Buffer, secret = WEBHOOK_SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

function post(body: string | Buffer, headers: Record<string, string> = {}, path = WEBHOOK_PATH) {
  return running.get(path, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'ping',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': sign(body),
      ...headers,
    },
  });
}

/** Sends a body in pieces, without saying how long it will be. */
function stream(megabytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-github-event': 'ping', 'x-github-delivery': 'd' };
    const signed = { ...headers, 'x-hub-signature-256': 'sha256=00' };
    const sent = request(`${running.url}${WEBHOOK_PATH}`, { method: 'POST', headers: signed }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    const piece = Buffer.alloc(1024 * 1024, 'a');
    let left = megabytes;
    const next = (): void => {
      if (left === 0) return void sent.end();
      left -= 1;
      sent.write(piece, () => setImmediate(next));
    };
    next();
  });
}

describe('a webhook', () => {
  it('is taken when it is signed', async () => {
    expect((await post('{"zen":"x"}')).status).toBe(200);
    expect((await post('{"zen":"x"}', {}, `${WEBHOOK_PATH}/`)).status).toBe(200);
  });

  it('is refused with a forged signature', async () => {
    expect((await post('{"zen":"x"}', { 'x-hub-signature-256': sign('{"zen":"x"}', 'development') })).status).toBe(400);
    expect((await post('{"zen":"x"}', { 'x-hub-signature-256': sign('{"zen":"y"}') })).status).toBe(400);
    expect((await post('{"zen":"x"}', { 'x-hub-signature-256': 'nothing' })).status).toBe(400);
  });

  it('is refused without a signature, as another type, and as no JSON', async () => {
    const { 'x-hub-signature-256': _, ...rest } = { 'x-hub-signature-256': '', 'x-github-event': 'ping' };
    const unsigned = await running.get(WEBHOOK_PATH, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', 'x-github-delivery': 'd', ...rest },
    });
    expect(unsigned.status).toBe(400);
    expect((await post('payload=%7B%7D', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post('{"zen":')).status).toBe(400);
  });

  it('of an event that nobody asked for is taken and ignored', async () => {
    expect((await post('{"action":"created"}', { 'x-github-event': 'star' })).status).toBe(200);
  });

  it('leaves nothing of a body in the log that was not signed', async () => {
    const before = running.logged().length;
    await post(`{"text":"${'UNSIGNED'.repeat(100_000)}"}`, { 'x-hub-signature-256': 'sha256=00' });
    expect(running.logged()).not.toContain('UNSIGNED');
    expect(running.logged().length - before).toBeLessThan(2_000);
  });

  it('that breaks a handler is answered all the same, and not a word of GitHub is passed on', async () => {
    const body = JSON.stringify({ action: 'opened', installation: { id: 1 }, pull_request: { secretText: 'PAYLOAD' } });
    expect((await post(body, { 'x-github-event': 'pull_request' })).status).toBe(200);
    expect(running.logged()).toContain('a webhook could not be read');
    expect(running.logged()).not.toContain('PAYLOAD');
  });
});

describe('a body of more than 25 MB', () => {
  it('is refused by what it says of itself', async () => {
    const status = await new Promise<string>((resolve, reject) => {
      const socket = connect(running.service.port, '127.0.0.1', () => {
        socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: x\r\ncontent-length: 26214401\r\n\r\n`);
      });
      socket.on('data', (data) => {
        resolve(String(data).split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it('is refused by its bytes where it says nothing', async () => {
    expect(await stream(26)).toBe(413);
    expect((await running.get('/metrics')).text).toContain('signpost_refused_requests_total{status="413"} 2');
  });

  it('leaves the server well', async () => {
    expect((await post('{"zen":"x"}')).status).toBe(200);
  });
});

describe('other requests', () => {
  it.each([
    ['GET', WEBHOOK_PATH, 405],
    ['POST', '/healthz', 405],
    ['GET', '/', 404],
    ['GET', '/probot', 404],
    ['GET', '/probot/setup', 404],
    ['POST', '/probot/import', 404],
    ['GET', '/__proto__', 404],
    ['POST', '/anything', 404],
  ])('%s %s gets %i', async (method, path, status) => {
    expect((await running.get(path, { method })).status).toBe(status);
  });

  it.each(['/healthz', '/readyz', '/metrics'])('%s is there', async (path) => {
    expect((await running.get(path)).status).toBe(200);
    expect((await running.get(`${path}/?x=1`)).status).toBe(200);
    expect((await running.get(path, { method: 'HEAD' })).text).toBe('');
  });
});

it('counts what it asked GitHub', async () => {
  expect((await running.get('/metrics')).text).toContain(
    'signpost_github_requests_total{operation="GET /app",status="200"} 1',
  );
});

it('is alive but not ready while GitHub does not accept the App', async () => {
  const { fakeGitHub } = await import('./running-service.ts');
  const github = fakeGitHub();
  github.faults.add('apps/get-authenticated', { kind: 'status', status: 401 }, { times: 100 });
  const refused = await runService({ github, unready: true });
  expect((await refused.get('/healthz')).status).toBe(200);
  expect((await refused.get('/readyz')).status).toBe(503);
  await refused.end();
});
