import { vitepressAnchors } from '../anchors.ts';
import { asObject, asText, asTexts, type ConfigText } from '../config-text.ts';
import { joinPath, pathUnder } from '../repo-path.ts';
import { rewritePath } from '../route-pattern.ts';
import { withoutIndex } from '../routes.ts';
import { COMMON_RULES, type FoundRoot, type FrameworkRules, siteUrl } from './framework.ts';

export const vitepress: FrameworkRules = {
  ...COMMON_RULES,
  find: (files) => files.vitepressConfigs().map((path) => foundRoot(path, files.config(path))),
  route: (path, _frontmatter, { rewrites }) => withoutIndex(rewritePath(path, rewrites)),
  makeAnchors: vitepressAnchors,
  staticFolders: ({ root, project }) => [pathUnder(joinPath(root, 'public') as string, project)],
};

function foundRoot(path: string, config: ConfigText): FoundRoot {
  const project = path.startsWith('.vitepress/') ? '' : path.slice(0, path.indexOf('/.vitepress/'));
  const root = joinPath(project, asText(config.top('srcDir')) ?? '') ?? project;
  const locales = asObject(config.top('locales'));
  const rewrites = asObject(config.top('rewrites')) ?? new Map();
  return {
    root,
    route: '/',
    framework: 'vitepress',
    project,
    foundIn: path,
    // VitePress has no setting for the origin other than the sitemap's.
    site: siteUrl(asText(asObject(config.top('sitemap'))?.get('hostname')), asText(config.top('base'))),
    urlEnding: config.top('cleanUrls') === true ? '' : '.html',
    locales: [...(locales?.keys() ?? [])].filter((name) => name !== 'root'),
    exclude: asTexts(config.top('srcExclude')),
    rewrites: [...rewrites].flatMap(([from, to]): [string, string][] => (typeof to === 'string' ? [[from, to]] : [])),
    aliases: { '@/': `${root}/` },
  };
}
