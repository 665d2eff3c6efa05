import { BLOCKS, GRAVITIES } from './registry.ts';
import type { Fields } from './shapes.ts';
import { FORMATS, text, texts } from './text-formats.ts';

const DOCS_ROOT_FIELDS = {
  root: {
    shape: text('folder'),
    description: 'The folder that holds the pages, from the top of the repository; "." for the whole repository.',
    required: true,
    example: 'src/content/docs',
  },
  route: { shape: text('route'), description: 'The route under which the site serves the folder.', default: '/' },
  include: {
    shape: texts('glob'),
    description: 'Which files under the folder are pages.',
    default: ['**/*.{md,mdx}'],
  },
  exclude: {
    shape: texts('glob'),
    description: 'Which of those are no pages after all.',
    default: [],
    example: ['**/changelog/**'],
  },
  partials: {
    shape: texts('folder'),
    description: 'Folders outside the root whose files pages import.',
    default: [],
    example: ['src/components/templates'],
  },
  aliases: {
    shape: { type: 'dictionary', format: FORMATS.aliasTarget },
    description: 'Import prefixes of the site and the folders that they stand for.',
    default: {},
    example: { '@components/': 'src/components/' },
  },
  framework: {
    shape: {
      type: 'choice',
      of: ['starlight', 'docusaurus', 'mintlify', 'nextra', 'fumadocs', 'vitepress', 'plain'],
    },
    description: 'What builds the site: it decides routes and anchors. Found from config files if absent.',
  },
  site: {
    shape: text('site'),
    description: 'Origin and base path of the published site; links that begin with it count as internal.',
    example: 'https://docs.example.com',
  },
  locale: { shape: text('text'), description: 'The default locale, the only one that is judged.', example: 'en' },
  versions: {
    shape: texts('text'),
    description: 'The versions that are judged; without it the current one alone.',
    default: [],
    example: ['current'],
  },
  generated: {
    shape: texts('routeGlob'),
    description: 'Routes that exist only after a build, so that links to them are not called broken.',
    default: [],
    example: ['/api/**'],
  },
} as const satisfies Fields;

const GATE_FIELDS = {
  block: {
    shape: { type: 'choice', of: BLOCKS },
    description: 'How near to what a pull request did a gap must be to block it.',
    default: 'introduced',
  },
  from: {
    shape: { type: 'choice', of: GRAVITIES },
    description: 'The lowest gravity that blocks.',
    default: 'low',
  },
} as const satisfies Fields;

export const SETTINGS_FIELDS = {
  docs: {
    shape: { type: 'list', item: { type: 'map', fields: DOCS_ROOT_FIELDS }, lone: true },
    description: 'Folders of pages; found from the config files of the site if absent.',
    default: [],
  },
  private: {
    shape: texts('text'),
    description: 'Names and domains that must not appear in public, such as those of customers.',
    default: [],
  },
  preview: {
    shape: text('preview'),
    description: 'The URL of a pull request’s preview, with {number}, {sha} or {branch} in it.',
    example: 'https://deploy-preview-{number}--example.netlify.app',
  },
  gate: { shape: { type: 'map', fields: GATE_FIELDS }, description: 'What blocks a pull request.', default: {} },
} as const satisfies Fields;
