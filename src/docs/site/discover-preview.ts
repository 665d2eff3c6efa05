import { parse } from 'smol-toml';
import { asText, ConfigText } from '../config-text.ts';
import type { SiteRoot } from '../frameworks/framework.ts';
import { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, joinPath } from '../repo-path.ts';
import type { Blobs, Tree } from '../tree.ts';
import { readNetlifyToml, readRedirectsFile } from './redirect-formats.ts';

/** What a repository tells of the previews of its pull requests. */
export interface DiscoveredPreview {
  host: 'Netlify' | 'Vercel' | 'Cloudflare Pages';
  /** The file that tells of the host. */
  foundIn: string;
  /** The registry's `preview`; null where the repository does not hold all of it. */
  url: string | null;
  /** How such a URL looks; what must be filled in is in capitals. */
  template: string;
}

const README = /^readme(?:\.(?:md|mdx|markdown|rst|txt))?$/i;
const SETTINGS = /^(?:netlify\.toml|_redirects|vercel\.json|wrangler\.(?:toml|jsonc?))$/;

/** The files that may tell of previews, and that no site needs. */
export function previewFiles(tree: Tree): string[] {
  return [...tree.keys()].filter((path) => {
    const depth = path.split('/').length;
    if (README.test(fileNameOf(path))) return depth === 1;
    return depth <= 4 && (SETTINGS.test(fileNameOf(path)) || path.endsWith('.vercel/project.json'));
  });
}

/** Where previews of pull requests are served, as far as the repository's own files say so. */
export function discoverPreview(tree: Tree, blobs: Blobs, roots: readonly SiteRoot[]): DiscoveredPreview | null {
  const files = new RepoFiles(tree, blobs);
  // Where its sites are built, and the repository itself.
  const folders = [...new Set([...roots.map(({ project }) => project), ''])];
  const sites = roots.flatMap(({ site, foundIn }) => (site === null ? [] : [{ url: site, foundIn: foundIn ?? '' }]));
  const urls = [...sites, ...folders.flatMap((folder) => redirectSources(files, folder))];
  const find: Told['find'] = (names) => {
    const paths = folders.flatMap((folder) => names.map((name) => joinPath(folder, name) as string));
    return paths.find((path) => tree.has(path)) ?? null;
  };
  const told = { files, urls, find };
  return netlify(told) ?? cloudflare(told) ?? vercel(told);
}

/** What the repository tells of its hosts. */
interface Told {
  files: RepoFiles;
  /** URLs that may be those of hosts, and the files that have them: the sites' own, and redirects. */
  urls: readonly { url: string; foundIn: string }[];
  /** The first file of such a name beside a site's config or at the top. */
  find(names: readonly string[]): string | null;
}

/** A project's name at a host. */
interface Name {
  name: string;
  foundIn: string;
}

/** Hosts send their own names to the site's domain by a rule that begins with the whole URL. */
function redirectSources(files: RepoFiles, folder: string): Told['urls'] {
  return ['_redirects', 'public/_redirects', 'static/_redirects', 'netlify.toml'].flatMap((name) => {
    const foundIn = joinPath(folder, name) as string;
    const text = files.text(foundIn) ?? '';
    const rules = name === 'netlify.toml' ? readNetlifyToml(text) : readRedirectsFile(text);
    return rules.map(({ from }) => ({ url: from, foundIn }));
  });
}

/** The first part of each host name under a domain. */
function hostNames({ urls }: Told, domain: string): Name[] {
  const pattern = new RegExp(`^https?://([a-z0-9-]+)\\.${domain.replaceAll('.', '\\.')}(?:[/:]|$)`, 'i');
  return urls.flatMap(({ url, foundIn }) => {
    const name = pattern.exec(url)?.[1]?.toLowerCase();
    return name === undefined || name.includes('--') ? [] : [{ name, foundIn }];
  });
}

const NETLIFY_BADGE = /https:\/\/app\.netlify\.com\/(?:sites|projects)\/([a-z0-9-]+)\//g;

/** The names in the badges of the README. */
function badgeNames({ files }: Told): Name[] {
  const foundIn = [...files.tree.keys()].find((path) => folderOf(path) === '' && README.test(path)) ?? '';
  return Array.from((files.text(foundIn) ?? '').matchAll(NETLIFY_BADGE), ([, name]) => ({
    name: name as string,
    foundIn,
  }));
}

function netlify(told: Told): DiscoveredPreview | null {
  const names = [...hostNames(told, 'netlify.app'), ...badgeNames(told)];
  const foundIn = names[0]?.foundIn ?? told.find(['netlify.toml', '.netlify/state.json']);
  if (foundIn === null) return null;
  const template = (site: string) => `https://deploy-preview-{number}--${site}.netlify.app`;
  const name = onlyName(names);
  return { host: 'Netlify', foundIn, url: name === null ? null : template(name), template: template('SITE') };
}

/** Its host name may differ from the project's, and long branch names are cut, so it is for a person to confirm. */
function cloudflare(told: Told): DiscoveredPreview | null {
  const names = hostNames(told, 'pages.dev');
  const wrangler = told.find(['wrangler.toml', 'wrangler.jsonc', 'wrangler.json']);
  const project = wrangler === null ? null : pagesProject(wrangler, told.files.text(wrangler) ?? '');
  const foundIn = names[0]?.foundIn ?? (project === null ? null : wrangler);
  if (foundIn === null) return null;
  const name = onlyName(names) ?? project?.name ?? 'PROJECT';
  return { host: 'Cloudflare Pages', foundIn, url: null, template: `https://{branch}.${name}.pages.dev` };
}

/** A Wrangler file is one of Pages where it says what the build writes. */
function pagesProject(path: string, text: string): { name: string | null } | null {
  const get = path.endsWith('.toml') ? tomlValue(text) : jsonValue(text);
  if (get('pages_build_output_dir') === null) return null;
  const name = get('name');
  return { name: name !== null && /^[a-z0-9-]+$/.test(name) ? name : null };
}

type Lookup = (key: string) => string | null;

function tomlValue(text: string): Lookup {
  try {
    const table = parse(text) as Record<string, unknown>;
    return (key) => (typeof table[key] === 'string' ? table[key] : null);
  } catch {
    return () => null;
  }
}

function jsonValue(text: string): Lookup {
  const config = new ConfigText(text);
  return (key) => asText(config.top(key));
}

/** Its preview URLs hold the team's name, which no file of a repository has. */
function vercel(told: Told): DiscoveredPreview | null {
  const names = hostNames(told, 'vercel.app');
  const foundIn = names[0]?.foundIn ?? told.find(['vercel.json', '.vercel/project.json']);
  if (foundIn === null) return null;
  return { host: 'Vercel', foundIn, url: null, template: 'https://PROJECT-git-{branch}-TEAM.vercel.app' };
}

/** The name that all agree on. */
function onlyName(names: readonly Name[]): string | null {
  const distinct = new Set(names.map(({ name }) => name));
  return distinct.size === 1 ? ([...distinct][0] as string) : null;
}
