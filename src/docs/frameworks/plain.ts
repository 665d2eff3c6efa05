import { isPageFile } from '../repo-path.ts';
import { COMMON_RULES, type FrameworkRules } from './framework.ts';

/** Markdown without a known framework: `docs`, else the whole repository; a README is its folder's page. */
export const plain: FrameworkRules = {
  ...COMMON_RULES,
  find: (files) => [
    {
      root: files.under('docs').some(isPageFile) ? 'docs' : '',
      route: '/',
      framework: 'plain',
      project: '',
      exclude: ['**/{dist,build,out,coverage,vendor}/**'],
    },
  ],
  route: (path, { permalink, slug }) => {
    const given = permalink ?? (slug?.startsWith('/') ? slug : null);
    return given === null ? path.replace(/(?:^|\/)(?:index|readme)$/i, '') : `/${given}`;
  },
  servesLocale: false,
};
