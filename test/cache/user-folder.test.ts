import { expect, test } from 'vitest';
import { userCacheFolder } from '../../src/cache/user-folder.ts';

test.each([
  ['linux', { XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' }, '/var/cache/me/signpost'],
  ['linux', { HOME: '/home/me' }, '/home/me/.cache/signpost'],
  ['linux', { XDG_CACHE_HOME: 'relative', HOME: '/home/me' }, '/home/me/.cache/signpost'],
  ['darwin', { HOME: '/Users/me' }, '/Users/me/Library/Caches/signpost'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/signpost/Cache'],
  ['win32', { HOME: '/home/me' }, null],
  ['linux', {}, null],
] as const)('on %s with %j the cache lies in %s', (platform, variables, folder) => {
  expect(userCacheFolder('signpost', variables, platform)).toBe(folder);
});
