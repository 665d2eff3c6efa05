/** What goes wrong, told by operation and occurrence. */

export type Fault =
  /** GitHub answers this status instead of doing anything. */
  | { kind: 'status'; status: 401 | 404 | 422 | 500 | 502 | 503 | 504; message?: string }
  /** The secondary limit; GitHub sends 403 or 429, with or without retry-after (seconds). */
  | { kind: 'secondary-limit'; status: 403 | 429; retryAfter?: number }
  /** The connection breaks before GitHub does anything. */
  | { kind: 'reset' }
  /** GitHub does it, then the connection breaks: the caller cannot know. */
  | { kind: 'response-lost' }
  /** No answer ever comes. */
  | { kind: 'hang' }
  | { kind: 'delay'; milliseconds: number }
  /** A tree that GitHub cut short. */
  | { kind: 'truncated-tree'; keep: number }
  /** GraphQL answers 200 with an error and no data, and does nothing. */
  | { kind: 'graphql-refusal'; type: string; message: string }
  /** GraphQL answers, but the first `fields` of the repository or of a mutation's payload are null, each with an error. */
  | { kind: 'graphql-errors'; fields: number; type?: string; message?: string }
  /** Something happens between what a mutation does and what its answer shows. */
  | { kind: 'meanwhile'; happens: () => void }
  /** A mutation's answer shows comments as they were before it. */
  | { kind: 'stale-comments' }
  /** The first text of a GraphQL answer is cut, and says so. */
  | { kind: 'truncated-text' }
  /** The first text (GraphQL or blob) is not what its hash says. */
  | { kind: 'wrong-text' };

interface Planned {
  operationId: string;
  fault: Fault;
  skip: number;
  left: number;
}

export class Faults {
  #planned: Planned[] = [];
  #untilDeath = Number.POSITIVE_INFINITY;

  /** Injects a fault into calls of an operation ('*' for any): from the `from`-th call from now on, `times` in a row. */
  add(operationId: string, fault: Fault, { from = 1, times = 1 }: { from?: number; times?: number } = {}): void {
    this.#planned.push({ operationId, fault, skip: from - 1, left: times });
  }

  /** After `requests` more requests every connection breaks, as if the caller had crashed between two calls. */
  killSwitch(requests: number): void {
    this.#untilDeath = requests;
  }

  /** Forgets all faults and the kill switch. */
  clear(): void {
    this.#planned = [];
    this.#untilDeath = Number.POSITIVE_INFINITY;
  }

  /** Planned faults that no call has met yet; a test that waits for one should see none at its end. */
  get pending(): readonly { operationId: string; fault: Fault }[] {
    return this.#planned.filter(({ left }) => left > 0);
  }

  /** Counts one call and returns the fault it meets; several plans may count the same call, the first one strikes. */
  take(operationId: string): Fault | undefined {
    if (this.#untilDeath <= 0) return { kind: 'reset' };
    this.#untilDeath -= 1;
    let struck: Fault | undefined;
    for (const plan of this.#planned) {
      if (plan.left === 0 || (plan.operationId !== operationId && plan.operationId !== '*')) continue;
      if (plan.skip > 0) plan.skip -= 1;
      else if (!struck) {
        plan.left -= 1;
        struck = plan.fault;
      }
    }
    return struck;
  }
}

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);

/** The answer as the fault leaves it; other faults leave it alone. */
export function spoil(fault: Fault | undefined, answer: unknown): unknown {
  if (!fault || !isObject(answer)) return answer;
  if (fault.kind === 'truncated-tree') {
    return { ...answer, tree: (answer.tree as unknown[]).slice(0, fault.keep), truncated: true };
  }
  if (fault.kind === 'graphql-errors') return withErrors(answer, fault);
  if (fault.kind === 'stale-comments') return withoutNewest(answer);
  if (fault.kind !== 'truncated-text' && fault.kind !== 'wrong-text') return answer;
  const copy = structuredClone(answer);
  const holder = firstWithText(copy);
  if (!holder) throw new Error(`${fault.kind} found no text to spoil`);
  if (typeof holder.content === 'string') holder.content = Buffer.from('something else').toString('base64');
  else if (fault.kind === 'wrong-text') holder.text = `${String(holder.text)} `;
  else Object.assign(holder, { text: String(holder.text).slice(0, String(holder.text).length / 2), isTruncated: true });
  return copy;
}

function withErrors(answer: JsonObject, { fields, type, message }: Fault & { kind: 'graphql-errors' }): JsonObject {
  const [root, shown] = Object.entries((answer.data ?? {}) as JsonObject)[0] ?? [];
  if (root === undefined || !isObject(shown)) throw new Error('graphql-errors found nothing to spoil');
  const gone = Object.keys(shown).slice(0, fields);
  const errors = gone.map((name) => ({
    type: type ?? 'INTERNAL',
    path: [root, name],
    message: message ?? 'Something went wrong while executing your query.',
  }));
  const left = { ...shown, ...Object.fromEntries(gone.map((name) => [name, null])) };
  return { ...answer, data: { ...(answer.data as JsonObject), [root]: left }, errors };
}

function withoutNewest(answer: JsonObject): JsonObject {
  const copy = structuredClone(answer) as { data: { addComment: { subject: { comments: { nodes: unknown[] } } } } };
  copy.data.addComment.subject.comments.nodes.pop();
  return copy;
}

function firstWithText(value: unknown): JsonObject | undefined {
  if (Array.isArray(value)) return value.map(firstWithText).find(Boolean);
  if (!isObject(value)) return undefined;
  if (typeof value.text === 'string' || (typeof value.content === 'string' && value.encoding === 'base64'))
    return value;
  return Object.values(value).map(firstWithText).find(Boolean);
}
