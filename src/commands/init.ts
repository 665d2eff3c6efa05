import { BLOCKS, type Block, type FrameworkName } from '../registry/registry.ts';
import { type Command, type CommonValues, oneOf, several } from './command.ts';
import { CACHE_OPTION, type CachedValues } from './repository.ts';

export interface InitValues extends CommonValues, CachedValues {
  root?: string[];
  framework?: FrameworkName;
  site?: string;
  preview?: string;
  codes?: string[];
  openapi?: string[];
  limit: string;
  block?: Block;
  dryRun?: boolean;
  force?: boolean;
}

const FRAMEWORKS: readonly FrameworkName[] = [
  'starlight',
  'docusaurus',
  'mintlify',
  'nextra',
  'fumadocs',
  'vitepress',
  'plain',
];

export const INIT: Command<InitValues> = {
  name: 'init',
  summary: 'write a first registry from what the docs say already',
  description:
    'Finds the docs and what builds them, proposes scenarios from the troubleshooting sections and error tables that ' +
    'stand there, and writes .github/signpost.yml. At a terminal it asks where there is a choice; elsewhere it takes ' +
    'what it finds. A registry that is there already is left alone.',
  options: [
    several('--root <FOLDER>', 'a folder of pages (repeatable; default: found)'),
    oneOf('--framework <NAME>', 'what builds the site (default: found)', FRAMEWORKS),
    { flags: '--site <URL>', description: 'where the site is published (default: found)' },
    { flags: '--preview <URL>', description: "a pull request's preview, with {number}, {branch} or {sha} in it" },
    several('--codes <GLOB:PATTERN>', 'error codes in files of the work tree, by an RE2 pattern (repeatable)'),
    several('--openapi <FILE>', 'error codes of an OpenAPI description (repeatable)'),
    { flags: '--limit <N>', description: 'at most so many scenarios from the docs', default: '20' },
    oneOf('--block <SCOPE>', 'what blocks a pull request (default: introduced)', BLOCKS),
    { flags: '--dry-run', description: 'print the file and write nothing' },
    { flags: '--force', description: 'replace the settings file that is there' },
    CACHE_OPTION,
  ],
  formats: ['terminal'],
  examples: [
    ['init', 'ask at a terminal, take what is found elsewhere'],
    ['init --dry-run', 'only look at what would be written'],
    ["init --codes 'src/**/*.go:ERR_[A-Z_]+' --openapi openapi.yaml", 'with the error codes of sources and of an API'],
    ['init --root site/pages --framework docusaurus', 'where the docs are not found by themselves'],
  ],
  async run(values, context) {
    const { writeFirstRegistry } = await import('./first-registry.ts');
    return writeFirstRegistry(values, context);
  },
};
