import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type Logger, plainText } from '../../src/runtime/log.ts';

function logged(say: (log: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const destination = new Writable({
    write(line, _, done) {
      lines.push(String(line));
      done();
    },
  });
  say(createLog({ level: 'debug', destination }));
  return lines.map((line) => JSON.parse(line));
}

describe('a log line', () => {
  it('has level, time, message, and plain values', () => {
    const [line] = logged((log) => log.info({ key: 'a', count: 2, ok: true }, 'done'));
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/Z$/),
      key: 'a',
      count: 2,
      ok: true,
      msg: 'done',
    });
  });

  it('leaves out payloads, headers and whatever else has an inside', () => {
    const payload = { secret: 'x', installation: { id: 1 } };
    const [line] = logged((log) => log.info({ event: { payload }, headers: { authorization: 'x' }, list: ['x'] }, 'm'));
    expect(Object.keys(line ?? {}).sort()).toEqual(['level', 'msg', 'time']);
  });

  it('leaves out fields that are called as secrets are', () => {
    const [line] = logged((log) =>
      log.info({ token: 'a', privateKey: 'b', private_key: 'c', Authorization: 'd' }, 'm'),
    );
    expect(Object.keys(line ?? {}).sort()).toEqual(['level', 'msg', 'time']);
  });

  it('shows of an error its kind, message, status and place, and nothing that hangs on it', () => {
    const error = Object.assign(new Error('it broke'), {
      event: { payload: 'PAYLOAD' },
      request: { headers: 'HEADERS' },
    });
    const refused = Object.assign(new Error('Not Found'), { status: 404, response: { data: 'DATA' } });
    const lines = logged((log) => {
      log.error(error);
      log.error({ err: refused }, 'refused');
      log.error(new AggregateError([error, refused], 'both'), 'more');
    });
    expect(lines[0]).toMatchObject({ msg: 'it broke', err: { type: 'Error', message: 'it broke' } });
    expect(lines[0]).toMatchObject({ err: { at: expect.arrayContaining([expect.stringContaining('log.test.ts')]) } });
    expect(lines[1]?.err).toEqual({ type: 'Error', message: 'Not Found', status: 404 });
    expect(lines[2]).toMatchObject({ msg: 'more', err: { errors: ['Error: it broke', 'Error: Not Found'] } });
    expect(JSON.stringify(lines)).not.toMatch(/PAYLOAD|HEADERS|DATA/);
  });

  it('is as plain in a child', () => {
    const [line] = logged((log) => log.child({ name: 'event', payload: { a: 1 } }).warn('text'));
    expect(line).toMatchObject({ name: 'event', msg: 'text' });
    expect(line).not.toHaveProperty('payload');
  });

  it('is bounded', () => {
    const [line] = logged((log) => log.info({ text: 'x'.repeat(1e6) }, 'y'.repeat(1e6)));
    expect(JSON.stringify(line).length).toBeLessThan(1_000);
  });
});

describe('secrets in a text', () => {
  it.each([
    `ghs_424242_${'aB0-'.repeat(30)}`,
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
    'github_pat_11ABCDEFG0123456789_abcdefghij',
    'eyJhbGciOiJSUzI1NiJ9.eyJpYXQiOjE3MDB9.c2lnbmF0dXJl',
    'Bearer 0123456789abcdef0123',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
  ])('are taken out: %s', (secret) => {
    expect(plainText(`before ${secret} after`)).toMatch(/^before \[secret\](?: after)?$/);
  });

  it('leave other words alone', () => {
    const text = 'the token exchange of a bearer is basic';
    expect(plainText(text)).toBe(text);
  });
});
