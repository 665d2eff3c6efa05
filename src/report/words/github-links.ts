import type { Evidence } from '../../coverage/coverage.ts';
import { cleanLine } from './clean-text.ts';
import { codeInCell, escapeText, MARKDOWN_SAY } from './escape-markdown.ts';
import { LABEL_CHARACTERS, PATH_CHARACTERS } from './limits.ts';
import { type FilePlace, lineRange, placeOf, type SayWhere } from './sentence.ts';

/** What a comment knows of the pull request that it stands in. */
export interface LinkFacts {
  /** The pull request's number, for `{number}` in the preview's address. */
  number?: number | undefined;
  /** The head's branch, for `{branch}` there. */
  branch?: string | undefined;
  /** `https://github.com/owner/repo`; places in files are linked where it is known. */
  repoUrl?: string | undefined;
  /** Full SHA of the head. */
  head: string;
  /** Full SHA of the merge base; null where there is none. */
  mergeBase?: string | null;
  /** The registry's `preview`, with `{number}`, `{sha}` and `{branch}`. */
  preview: string | null;
}

/** How Markdown says terms and places, with links where it is known to what; all of it fits a table cell. */
export interface Links extends SayWhere {
  /** A section on the preview of the site, or null where there is none. */
  page(evidence: Evidence): string | null;
}

/** The links for a comment on one pull request. */
export function linksFor(facts: LinkFacts): Links {
  const site = previewOf(facts);
  const repo = webAddress(facts.repoUrl ?? '');
  return {
    ...MARKDOWN_SAY,
    label: (text) => `“${escapeText(text, LABEL_CHARACTERS)}”`,
    file: (at) => fileLink(at, facts.head, repo),
    was: (at) => fileLink(at, facts.mergeBase ?? null, repo),
    page({ route, anchor }) {
      if (site === null) return null;
      const fragment = anchor === null ? '' : `#${encodedRoute(anchor)}`;
      return `[page](${site}/${encodedRoute(route.replace(/^\/+/, ''))}${fragment})`;
    },
  };
}

function fileLink(at: FilePlace, commit: string | null, repo: string | null): string {
  const linked = repo !== null && commit !== null && /^[0-9a-f]{40,64}$/.test(commit);
  const path = linked ? cleanLine(at.path).split('/').slice(-2).join('/') : at.path;
  const text = codeInCell(placeOf({ ...at, path }), PATH_CHARACTERS);
  return linked ? `[${text}](${repo}/blob/${commit}/${encodedPath(at.path)}?plain=1${fragmentOf(at)})` : text;
}

/** A file's path for a URL, fit for a Markdown link. */
export function encodedPath(path: string): string {
  return path.split('/').map(encoded).join('/');
}

/** A path without its percent-encoding; as it stands where that is broken. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A route or address in which some is percent-encoded already. */
function encodedRoute(route: string): string {
  return encodedPath(route).replace(/%25(?=[0-9a-f]{2})/gi, '%');
}

function encoded(text: string): string {
  const wellFormed = text.replace(/\p{Cs}/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function previewOf({ preview, number, head, branch }: LinkFacts): string | null {
  const values: Record<string, string | undefined> = {
    number: number?.toString(),
    sha: head,
    branch: branch && slug(branch),
  };
  let complete = true;
  const url = (preview ?? '').replace(/\{(number|sha|branch)\}/g, (_, name: string) => {
    complete &&= values[name] !== undefined;
    return values[name] ?? '';
  });
  return complete ? webAddress(url) : null;
}

/** As hosts make a subdomain from a branch. */
function slug(branch: string): string {
  return branch
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** An http(s) address without credentials, query and final slash; null for anything else. */
function webAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, username, password, origin, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '') return null;
  return origin + encodedRoute(pathname).replace(/\/+$/, '');
}

function fragmentOf({ line, endLine }: FilePlace): string {
  return line === null ? '' : `#L${lineRange(line, endLine ?? null).replace('-', '-L')}`;
}
