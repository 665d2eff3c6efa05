import type {
  CheckAnswer,
  CheckRequest,
  ConflictAnswer,
  DocsAnswer,
  SaveAnswer,
  SaveRequest,
  SessionAnswer,
  StudioEvent,
  TryAnswer,
  TryRequest,
} from '../protocol.ts';

/** An answer that is an error. `message` is for the person. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The status when the server does not answer. */
export const HAS_ENDED = 0;
export const ENDED = 'The studio has ended. What you typed is still here: copy it, or start the studio again.';

const KEPT = 'signpost-token';

/** The key to the session. The address holds it at first; then this tab's storage does. */
function takeToken(): string {
  const given = location.hash.slice(1);
  if (given !== '') {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, '', '/');
  }
  return sessionStorage.getItem(KEPT) ?? '';
}

const token = takeToken();

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { ...init.headers, authorization: `Bearer ${token}` };
  return fetch(path, { ...init, headers }).catch(() => {
    throw new Refused(HAS_ENDED, ENDED);
  });
}

async function answerOf<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const { error } = (await response.json().catch(() => ({}))) as { error?: string };
  throw new Refused(response.status, error ?? `The studio answered ${response.status}.`);
}

const post = (path: string, body: unknown) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const openSession = async () => answerOf<SessionAnswer>(await ask('/api/session'));
export const readDocs = async () => answerOf<DocsAnswer>(await ask('/api/docs'));
export const check = async (request: CheckRequest) => answerOf<CheckAnswer>(await post('/api/check', request));
export const trySentence = async (request: TryRequest) => answerOf<TryAnswer>(await post('/api/try', request));
export const anchorsAt = async (route: string) => answerOf<string[]>(await post('/api/anchors', { route }));

export async function save(request: SaveRequest): Promise<SaveAnswer | { conflict: ConflictAnswer }> {
  const response = await post('/api/save', request);
  return response.status === 409 ? { conflict: (await response.json()) as ConflictAnswer } : answerOf(response);
}

/** Calls `onEvent` until the server ends, then `onEnd`. An `EventSource` could not send the key. */
export async function listen(onEvent: (event: StudioEvent) => void, onEnd: () => void): Promise<void> {
  try {
    const { body } = await ask('/api/events');
    const reader = (body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      const messages = (rest + value).split('\n\n');
      rest = messages.pop() as string;
      for (const message of messages)
        if (message.startsWith('data: ')) onEvent(JSON.parse(message.slice('data: '.length)) as StudioEvent);
    }
  } catch {
    // Whatever ended the stream, the person is told below.
  }
  onEnd();
}
