import { describe, expect, test } from 'vitest';
import { readerText } from '../../../../src/docs/markdown/reader-text.ts';
import { codesInCell, codesInLabel } from '../../../../src/review/suggest/proposals/failure-name.ts';

/** A label as Markdown has it, and as readers see it. */
const inLabel = (raw: string, ...known: string[]) =>
  codesInLabel(readerText(raw).replace(/`|<\/?code>/g, ''), `## ${raw}`, new Set(known)).codes;

describe('codes in a label', () => {
  test.each<[string, string[]]>([
    ['Upload fails with `upload_rejected`', ['upload_rejected']],
    ['`gate_shut` when you enter', ['gate_shut']],
    ['The exchange ends with `gate_shut`', ['gate_shut']],
    ['`gate_shut`', ['gate_shut']],
    ['Error code `gate_shut`', ['gate_shut']],
    ['Status is `PENDING_AUTH`', []],
    ['`callback_url` is not configured', []],
    ['Set `callback_url` and `gate_shut`', []],
    ['`ErrImagePull` or `ImagePullBackOff`', ['ErrImagePull', 'ImagePullBackOff']],
    ['TimeoutError at startup', ['TimeoutError']],
    ['Sign-in: AADSTS50020 for guests', ['AADSTS50020']],
    ['It says `no such file or directory`', ['no such file or directory']],
    ['It says <code>connection refused</code>', ['connection refused']],
    ['It says <code>cannot connect</code>', ['cannot connect']],
    ['Users see "session not found"', ['session not found']],
    ['Users see “session not found”', ['session not found']],
    ['The page says "welcome back"', []],
    ['`cannot find {name}`', []],
    ['`main.go` cannot be read', []],
    ['`updateMissingThings`', []],
    ['`create_failed`', ['create_failed']],
    ['`CreateUserError`', ['CreateUserError']],
    ['Fails with `a_err`, `b_err`, `c_err`, `d_err` and `e_err`', []],
    ['Nothing here', []],
    ['', []],
  ])('%s', (label, codes) => {
    expect(inLabel(label)).toEqual(codes);
  });

  test('that are asked for count whatever they look like', () => {
    expect(inLabel('When `expired` comes back', 'expired')).toEqual(['expired']);
  });
});

describe('codes in a cell', () => {
  test.each<[string, boolean, string[]]>([
    ['card_declined', false, ['card_declined']],
    ['ERR_A, ERR_B', false, ['ERR_A', 'ERR_B']],
    ['ERR_A or ERR_B', false, ['ERR_A', 'ERR_B']],
    ['ERR_A / ERR_A', false, ['ERR_A']],
    ['404', true, []],
    ['Not found', true, ['Not found']],
    ['Not found', false, []],
    ['Welcome back', true, []],
    ['ERR_A for guests', false, []],
    ['', true, []],
  ])('%s', (cell, isMessages, codes) => {
    expect(codesInCell(cell, new Set(), isMessages).codes).toEqual(codes);
  });
});
