/** https://docs.github.com/en/rest/about-the-rest-api/api-versions: a request without it drifts when versions retire. */
export const API_VERSION = '2022-11-28';

type Fetch = typeof fetch;

/** Answers to which no body belongs (Fetch standard, "null body status"). */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A `fetch` that names the API version, gives up after `timeout` milliseconds, and hands on an answer only when all of
 * it has come: Octokit takes a body that breaks off for an empty one.
 */
export function fetchWholeAnswers(timeout: number, inner: Fetch = fetch): Fetch {
  return async (input, init) => {
    const headers = { 'x-github-api-version': API_VERSION, ...(init?.headers as Record<string, string>) };
    const answer = await inner(input, { ...init, headers, signal: AbortSignal.timeout(timeout) });
    const { status, statusText } = answer;
    const body = await answer.arrayBuffer();
    const whole = new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers: answer.headers });
    // Octokit's paging reads the address, which a response that is made anew does not have.
    return Object.defineProperty(whole, 'url', { value: answer.url || String(input) });
  };
}
