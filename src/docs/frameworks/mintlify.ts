import { asList, asObject, asText, type ConfigText } from '../config-text.ts';
import type { RepoFiles } from '../repo-files.ts';
import { fileNameOf, folderOf, joinPath } from '../repo-path.ts';
import { withoutIndex } from '../routes.ts';
import { COMMON_RULES, type FoundRoot, type FrameworkRules } from './framework.ts';

export const mintlify: FrameworkRules = {
  ...COMMON_RULES,
  find: (files) =>
    files
      .named(/^(?:mint|docs)\.json$/)
      .filter((path) => isMintlify(path, files.config(path)))
      .map((path) => foundRoot(files, path)),
  route: withoutIndex,
  isPartial: (path) =>
    /(?:^|\/)_?snippets\//.test(path) || IGNORED.test(fileNameOf(path)) || COMMON_RULES.isPartial(path),
  isHidden: (frontmatter) => COMMON_RULES.isHidden(frontmatter) || frontmatter.hidden,
  titledKinds: ['accordion', 'step', 'tab'],
  staticFolders: () => [''],
};

/** Files that Mintlify never publishes (its docs, ".mintignore"). */
const IGNORED = /^(?:README|LICENSE|CHANGELOG|CONTRIBUTING)\.md$/;

/** Other tools have a `docs.json` too. */
function isMintlify(path: string, config: ConfigText): boolean {
  if (fileNameOf(path) === 'mint.json') return true;
  const schema = asText(config.top('$schema')) ?? '';
  return schema.includes('mintlify') || config.top('navigation') !== undefined;
}

function foundRoot(files: RepoFiles, path: string): FoundRoot {
  const root = folderOf(path);
  const config = files.config(path);
  return {
    root,
    route: '/',
    framework: 'mintlify',
    project: root,
    foundIn: path,
    ...localesOf(files, root, config),
    generated: apiPages(config),
  };
}

/** Languages of the navigation that have a folder of their own. */
function localesOf(files: RepoFiles, root: string, config: ConfigText): Pick<FoundRoot, 'locales' | 'locale'> {
  const languages = config
    .all('languages')
    .flatMap(asList)
    .flatMap((value) => asObject(value) ?? []);
  const named = languages.map((one) => ({
    name: asText(one.get('language')) ?? '',
    preferred: one.get('default') === true,
  }));
  const kept = named.filter(({ name }) => name !== '' && files.hasFolder(joinPath(root, name) as string));
  const first = named.find(({ preferred }) => preferred) ?? named[0];
  return { locales: kept.map(({ name }) => name), locale: kept.find((one) => one === first)?.name ?? null };
}

/** Pages made from an OpenAPI or AsyncAPI file: under `directory`, by default `api-reference`. */
function apiPages(config: ConfigText): string[] {
  const specs = [...config.all('openapi'), ...config.all('asyncapi')];
  if (specs.length === 0) return [];
  const folders = specs.flatMap((spec) => asText(asObject(spec)?.get('directory')) ?? []);
  return ['api-reference', ...folders].map((folder) => `/${folder.replace(/^\/+|\/+$/g, '')}/**`);
}
