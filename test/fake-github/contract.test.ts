import { describe, expect, it } from 'vitest';
import { createContract } from './contract.ts';

const contract = createContract();
const at = '/repos/acme/docs';
const sha = 'a'.repeat(40);
const annotation = { path: 'a.md', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' };
const output = { title: 't', summary: 's' };
const run = { name: 'docs', head_sha: sha, status: 'completed', conclusion: 'success', output };
const action = { label: 'Check again', description: 'Reads again', identifier: 'recheck' };

const problems = (method: string, target: string, body?: unknown): string[] =>
  contract.checkRequest({ method, target, body }).problems;
const createRun = (changes: object): string[] => problems('POST', `${at}/check-runs`, { ...run, ...changes });

describe('requests', () => {
  it('pass when GitHub knows them', () => {
    expect(createRun({ actions: [action, action, action] })).toEqual([]);
    expect(createRun({ output: { ...output, annotations: Array(50).fill(annotation) } })).toEqual([]);
    expect(problems('PATCH', `${at}/check-runs/7`, { status: 'in_progress', output: { summary: 's' } })).toEqual([]);
    expect(problems('GET', `${at}/commits/${sha}/check-runs?check_name=docs&filter=latest&per_page=100`)).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['a typo in a key of the output', { output: { ...output, anotations: [] } }, /unknown key anotations/],
    ['a typo in a key of the run', { headsha: sha }, /unknown key headsha/],
    ['51 annotations', { output: { ...output, annotations: Array(51).fill(annotation) } }, /more than 50 items/],
    [
      'an unknown level',
      { output: { ...output, annotations: [{ ...annotation, annotation_level: 'error' }] } },
      /notice/,
    ],
    ['an unknown conclusion', { conclusion: 'failed' }, /failure/],
    ['a label of 21 letters', { actions: [{ ...action, label: 'x'.repeat(21) }] }, /label .*20/],
    ['a description of 41 letters', { actions: [{ ...action, description: 'x'.repeat(41) }] }, /description .*40/],
    ['an identifier of 21 letters', { actions: [{ ...action, identifier: 'x'.repeat(21) }] }, /identifier .*20/],
    ['a fourth button', { actions: Array(4).fill(action) }, /more than 3 items/],
    ['a summary of too many bytes', { output: { title: 't', summary: '🦆'.repeat(16_384) } }, /summary: .*65535 bytes/],
    ['a text of too many bytes', { output: { ...output, text: 'é'.repeat(32_768) } }, /text: .*65535 bytes/],
    ['completed without a conclusion', { conclusion: undefined }, /needs a conclusion/],
    ['a conclusion of a run in progress', { status: 'in_progress' }, /sets completed/],
    ['stale', { conclusion: 'stale' }, /only GitHub/],
    ['a blank name', { name: '' }, /blank/],
    ['an address of another scheme', { details_url: 'file:///etc/passwd' }, /http/],
    ['a date that is none', { completed_at: 'yesterday' }, /date-time/],
  ])('fail for %s', (_, changes, said) => {
    expect(createRun(changes).join('\n')).toMatch(said);
  });

  it.each<[string, object, RegExp]>([
    ['line 0', { start_line: 0 }, /lines 0 to 1/],
    ['an end before the start', { start_line: 3, end_line: 2 }, /lines 3 to 2/],
    ['columns over two lines', { end_line: 2, start_column: 1, end_column: 4 }, /single line/],
    ['columns in reverse', { start_column: 4, end_column: 1 }, /columns 4 to 1/],
    ['a title of 256 letters', { title: 'x'.repeat(256) }, /title/],
    ['a message over 64 KB', { message: 'é'.repeat(32_769) }, /message: more than 64 KB/],
    ['details over 64 KB', { raw_details: 'x'.repeat(65_537) }, /raw_details: more than 64 KB/],
  ])('fail for an annotation with %s', (_, changes, said) => {
    expect(createRun({ output: { ...output, annotations: [{ ...annotation, ...changes }] } }).join('\n')).toMatch(said);
  });

  it.each<[string, string, string, unknown, RegExp]>([
    [
      'an unknown key in an update',
      'PATCH',
      `${at}/check-runs/7`,
      { head_sha: sha, sumary: 's' },
      /unknown key sumary/,
    ],
    [
      'an update that completes without conclusion',
      'PATCH',
      `${at}/check-runs/7`,
      { status: 'completed' },
      /conclusion/,
    ],
    ['a misspelt query', 'GET', `${at}/pulls?perpage=50`, undefined, /perpage: not a parameter of pulls\/list/],
    ['more than 100 a page', 'GET', `${at}/pulls?per_page=101`, undefined, /more than 100/],
    ['page 0', 'GET', `${at}/pulls?page=0`, undefined, /page: less than 1/],
    ['none a page', 'GET', `${at}/pulls?per_page=0`, undefined, /per_page: less than 1/],
    ['a number that is none', 'GET', `${at}/pulls/one`, undefined, /pull_number=one: .*integer/],
    ['a wrong word in a query', 'GET', `${at}/pulls?state=opened`, undefined, /state=opened/],
    ['an operation outside of the slice', 'DELETE', `${at}/check-runs/7`, undefined, /no such operation/],
    ['a body where none belongs', 'GET', `${at}/pulls`, { state: 'open' }, /takes none/],
    ['a missing body', 'POST', `${at}/check-runs`, undefined, /required/],
    ['a comment that is too long', 'POST', `${at}/issues/1/comments`, { body: 'x'.repeat(65_537) }, /65536 characters/],
    ['a blank comment', 'PATCH', `${at}/issues/comments/1`, { body: ' \n' }, /blank/],
    [
      'an unknown permission',
      'POST',
      '/app/installations/1/access_tokens',
      { permissions: { check: 'read' } },
      /check/,
    ],
  ])('fail for %s', (_, method, target, body, said) => {
    expect(problems(method, target, body).join('\n')).toMatch(said);
  });

  it('find the operation, also with slashes in a parameter', () => {
    const find = (target: string) => {
      const { operation, params } = contract.checkRequest({ method: 'GET', target });
      return [operation?.id, params.ref ?? params.path ?? params.basehead ?? params.tree_sha];
    };
    expect(find(`${at}/commits/heads%2Fmain/check-runs`)).toEqual(['checks/list-for-ref', 'heads/main']);
    expect(find(`${at}/git/ref/heads/a/b`)).toEqual(['git/get-ref', 'heads/a/b']);
    expect(find(`${at}/contents/docs%2Fa%20b.md`)).toEqual(['repos/get-content', 'docs/a b.md']);
    expect(find(`${at}/compare/main...ben:topic%2Fa`)).toEqual([
      'repos/compare-commits-with-basehead',
      'main...ben:topic/a',
    ]);
  });
});

describe('answers', () => {
  it('are held against the schema of their status', () => {
    expect(contract.checkResponse('git/get-tree', 200, { sha, truncated: false, tree: [] })).toEqual([]);
    expect(contract.checkResponse('git/get-tree', 200, { sha, tree: [] }).join()).toMatch(/truncated/);
    expect(contract.checkResponse('git/get-tree', 201, {}).join()).toMatch(/status 201/);
    expect(contract.checkResponse('git/get-tee', 200, {}).join()).toMatch(/no such operation/);
  });

  it('may be an error of any operation, or 304 to a read', () => {
    expect(contract.checkResponse('checks/create', 503, { message: 'later' })).toEqual([]);
    expect(contract.checkResponse('pulls/get', 304, undefined)).toEqual([]);
    expect(contract.checkResponse('checks/create', 304, undefined)).not.toEqual([]);
  });
});

it('knows no webhook outside of the slice', () => {
  expect(contract.checkWebhook('star', { action: 'created' })).toEqual(['no such webhook in the slice: star-created']);
});
