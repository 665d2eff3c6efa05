import type { Fault } from '../../fake-github/faults.ts';

const ANSWERS: Fault[] = [
  { kind: 'status', status: 401 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 504 },
  { kind: 'secondary-limit', status: 403, retryAfter: 1 },
  { kind: 'secondary-limit', status: 429 },
  { kind: 'reset' },
  { kind: 'response-lost' },
  { kind: 'hang' },
  { kind: 'delay', milliseconds: 400 },
];

const OPERATIONS = [
  ...['checks/create', 'checks/update', 'checks/list-for-ref', 'checks/get', 'git/get-tree', 'graphql'],
  ...[
    'repos/compare-commits-with-basehead',
    'graphql/add-comment',
    'issues/update-comment',
    'pulls/get',
    'pulls/list',
    'git/list-matching-refs',
    '*',
  ],
];

/** Every fault at every operation that a review needs, and what only some answers can suffer. */
export const FAULTS: [operation: string, fault: Fault][] = [
  ...OPERATIONS.flatMap((operation) => ANSWERS.map((fault): [string, Fault] => [operation, fault])),
  ['git/get-tree', { kind: 'truncated-tree', keep: 1 }],
  ['graphql', { kind: 'graphql-errors', fields: 1 }],
  ['graphql/add-comment', { kind: 'graphql-errors', fields: 1 }],
  ['graphql/add-comment', { kind: 'graphql-errors', fields: 2 }],
  ['graphql/add-comment', { kind: 'graphql-refusal', type: 'UNPROCESSABLE', message: 'was submitted too quickly' }],
  ['graphql/add-comment', { kind: 'stale-comments' }],
  ['graphql', { kind: 'truncated-text' }],
  ['graphql', { kind: 'wrong-text' }],
];
