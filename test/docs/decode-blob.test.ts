import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOB_LIMIT, decodeBlob } from '../../src/docs/decode-blob.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('decodeBlob', () => {
  it('decodes UTF-8', () => {
    expect(decodeBlob(bytes('# Überblick\r\n'))).toEqual({ text: '# Überblick\r\n' });
  });

  it('drops a byte order mark', () => {
    expect(decodeBlob(bytes('\ufeff# A'))).toEqual({ text: '# A' });
  });

  it('decodes an empty file', () => {
    expect(decodeBlob(new Uint8Array())).toEqual({ text: '' });
  });

  it('names a file with a NUL as binary', () => {
    expect(decodeBlob(bytes('PNG\0data'))).toEqual({ unreadable: 'binary' });
  });

  it('names a file in another encoding', () => {
    expect(decodeBlob(Uint8Array.from([0x63, 0x61, 0x66, 0xe9]))).toEqual({ unreadable: 'not UTF-8' });
  });

  it('names a Git LFS pointer', () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n';
    expect(decodeBlob(bytes(pointer))).toEqual({ unreadable: 'Git LFS pointer' });
  });

  it('reads a page that only quotes a pointer at its start', () => {
    const page = `version https://git-lfs.github.com/spec/v1\n${'is the first line of a pointer. '.repeat(40)}`;
    expect(decodeBlob(bytes(page))).toEqual({ text: page });
  });

  it('names a file over the limit', () => {
    expect(decodeBlob(bytes('12345'), 4)).toEqual({ unreadable: 'too large' });
    expect(decodeBlob(bytes('1234'), 4)).toEqual({ text: '1234' });
    expect(decodeBlob(new Uint8Array(BLOB_LIMIT + 1).fill(65))).toEqual({ unreadable: 'too large' });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), (input) => void decodeBlob(input)));
  });
});
