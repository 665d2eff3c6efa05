import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createFront, type FrontOptions, pathOf } from '../../src/runtime/http-front.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function front(options: Partial<FrontOptions> = {}) {
  const bodies: string[] = [];
  const refused: number[] = [];
  const server = createFront({
    webhookPath: '/hook',
    receive: (request, response) => {
      bodies.push(String((request as unknown as { rawBody: Buffer }).rawBody));
      response.end('ok');
    },
    whyNotReady: () => null,
    whyClosed: () => null,
    metrics: async () => ({ contentType: 'text/plain', text: 'numbers' }),
    onRefusal: (status) => refused.push(status),
    ...options,
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const post = (body: string, path = '/hook') =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body }).then(({ status }) => status);
  return { bodies, refused, port, post };
}

it('hands over a body whole', async () => {
  const { bodies, post } = await front();
  const long = 'ü'.repeat(200_000);
  expect(await Promise.all([post(long), post('')])).toEqual([200, 200]);
  expect(bodies.sort()).toEqual(['', long]);
});

it('turns away what is too long by itself, and what is too much at once', async () => {
  const { refused, post, port } = await front({ bytes: { body: 10, atOnce: 12 } });
  expect(await post('12345678901')).toBe(413);
  const waiting = connect(port, '127.0.0.1');
  waiting.write('POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n12345');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await post('12345678')).toBe(503);
  waiting.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await post('12345678')).toBe(200);
  expect(refused).toEqual([413, 503]);
});

it('takes no webhooks while shutting down, and does so before it is ready', async () => {
  const leaving = await front({ whyClosed: () => 'shutting down' });
  expect(await leaving.post('{}')).toBe(503);
  const coming = await front({ whyNotReady: () => 'not yet' });
  expect(await coming.post('{}')).toBe(200);
});

it('hangs up on whoever never ends a request', async () => {
  const { port } = await front({ timeouts: { headers: 50, request: 100 } });
  const slow = connect(port, '127.0.0.1');
  slow.write('POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n1');
  const [answer] = (await once(slow, 'data')) as [Buffer];
  expect(String(answer)).toContain('408 Request Timeout');
});

it('is quick about a path of nothing but slashes', async () => {
  const { post } = await front();
  expect(await post('{}', `${'/'.repeat(15_000)}x`)).toBe(404);
  // So long that it would never end if the work grew faster than the path.
  const slashes = '/'.repeat(2_000_000);
  expect(pathOf({ url: `${slashes}x` })).toHaveLength(slashes.length + 1);
  expect(pathOf({ url: `/hook${slashes}?${slashes}` })).toBe('/hook');
});

it('says that numbers cannot be had without falling over', async () => {
  const { port } = await front({ metrics: () => Promise.reject(new Error('broken')) });
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(500);
});
