/** One rule of a redirect file; `from` and `to` as written, wildcards included. */
export interface Redirect {
  from: string;
  to: string;
  /** Applies even where a page has the route. */
  forced: boolean;
}

/**
 * True for the rule of a single-page app, by which every route shows one file: it says nothing about
 * what exists.
 */
export function isFallback(from: string, to: string, status: number): boolean {
  return status === 200 && /^\/?(?:\*|\(\.\*\)|:\w+\*)$/.test(from) && !/[*:$]\w*/.test(to.replace(/^https?:\/\//, ''));
}
