import { BLOCKS, GRAVITIES } from './registry.ts';
import type { Field, Fields } from './shapes.ts';
import { FORMATS, type TextFormat } from './text-formats.ts';

/** What a field may have beside its shape and its description. */
type Remarks = Pick<Field, 'required' | 'default' | 'example'>;

/** A field that holds one text of a format. */
function text<const R extends Remarks = object>(format: keyof typeof FORMATS, description: string, remarks?: R) {
  return { shape: textOf(format), description, ...(remarks as R) } as const;
}

/** A field that holds a list of such texts. */
function texts<const R extends Remarks = object>(format: keyof typeof FORMATS, description: string, remarks?: R) {
  return { shape: { type: 'list', item: textOf(format) }, description, ...(remarks as R) } as const;
}

function textOf(format: keyof typeof FORMATS): { type: 'text'; format: TextFormat } {
  return { type: 'text', format: FORMATS[format] };
}

const DOCS_ROOT_FIELDS = {
  root: text(
    'folder',
    'The folder that holds the pages, from the top of the repository; "." for the whole repository.',
    { required: true, example: 'src/content/docs' },
  ),
  route: text('route', 'The route under which the site serves the folder.', { default: '/' }),
  include: texts('glob', 'Which files under the folder are pages.', { default: ['**/*.{md,mdx}'] }),
  exclude: texts('glob', 'Which of those are no pages after all.', { example: ['**/changelog/**'] }),
  partials: texts('folder', 'Folders outside the root whose files pages import.', {
    example: ['src/components/templates'],
  }),
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
  site: text('site', 'Origin and base path of the published site; links that begin with it count as internal.', {
    example: 'https://docs.example.com',
  }),
  locale: text('text', 'The default locale, the only one that is judged.', { example: 'en' }),
  versions: texts('text', 'The versions that are judged; without it the current one alone.', { example: ['current'] }),
  generated: texts('routeGlob', 'Routes that exist only after a build, so that links to them are not called broken.', {
    example: ['/api/**'],
  }),
} as const satisfies Fields;

const GATE_FIELDS = {
  block: {
    shape: { type: 'choice', of: BLOCKS },
    description: 'How near to what a pull request did a gap must be to block it.',
    default: 'introduced',
  },
  from: { shape: { type: 'choice', of: GRAVITIES }, description: 'The lowest gravity that blocks.', default: 'low' },
} as const satisfies Fields;

export const SETTINGS_FIELDS = {
  docs: {
    shape: { type: 'list', item: { type: 'map', fields: DOCS_ROOT_FIELDS }, lone: true },
    description: 'Folders of pages; found from the config files of the site if absent.',
  },
  private: texts('text', 'Names and domains that must not appear in public, such as those of customers.'),
  preview: text('preview', 'The URL of a pull request’s preview, with {number}, {sha} or {branch} in it.', {
    example: 'https://deploy-preview-{number}--example.netlify.app',
  }),
  gate: { shape: { type: 'map', fields: GATE_FIELDS }, description: 'What blocks a pull request.', default: {} },
} as const satisfies Fields;

const IMPACT_FIELDS = {
  customers: { shape: { type: 'count' }, description: 'How many customers are known to have met it.', default: 0 },
  environment: text('text', 'Where they met it; "production" weighs more.', { example: 'production' }),
  recurring: { shape: { type: 'flag' }, description: 'Whether it comes back.', default: false },
} as const satisfies Fields;

const WAIVER_FIELDS = {
  reason: text('text', 'Why the scenario need not be documented.', { required: true }),
  by: text('text', 'Who decided it.', { example: '@jo' }),
  until: text('date', 'The last day on which it holds, UTC; without it there is no end.', { example: '2027-03-31' }),
  pages: texts('glob', 'The pages that it holds for; without it for all.'),
} as const satisfies Fields;

export const SCENARIO_FIELDS = {
  id: text('id', 'A permanent, unique name in kebab-case.', { required: true, example: 'blank-tokens' }),
  title: text('text', 'The failure in one line, for people. It does not match anything.', {
    required: true,
    example: 'Connection has an account id but its tokens are blank',
  }),
  codes: texts(
    'text',
    'Exact error codes or messages that users see, any of. A code matches whole and in its case; ' +
      'a message (it has a space) in any case, with {placeholder} for one to eight words.',
    { example: ['failed_to_exchange_token'] },
  ),
  symptoms: texts(
    'text',
    'Phrases of two to four words that name the failure, any of. All words of a phrase must stand in one sentence, ' +
      'in any order; a|b is a choice.',
    { example: ['tokens are blank|empty'] },
  ),
  except: texts('text', 'Phrases that cancel a hit in the same sentence.', { example: ['fixed in'] }),
  causes: texts('text', 'What the docs must name as the reason, all of, in the section that names the failure.', {
    example: ['user_verify_url not|without configured'],
  }),
  links: texts('link', 'Where the fix is, all of: the section that names the failure must link there.', {
    example: ['/agentkit/user-verification/'],
  }),
  never: texts('text', 'Phrases that the docs must not say where they name the failure.', {
    example: ['disable verification'],
  }),
  pages: texts(
    'glob',
    'Where readers look: globs on the path under the docs root without extension, or on the route if it starts ' +
      'with "/". Without it the whole site.',
    { example: ['guides/troubleshooting'] },
  ),
  audience: text('text', 'Who meets the failure.', { example: 'Developers who integrate connectors' }),
  impact: {
    shape: { type: 'map', fields: IMPACT_FIELDS },
    description: 'What is known of its harm; gravity follows from it.',
    example: { customers: 3, environment: 'production', recurring: true },
  },
  gravity: {
    shape: { type: 'choice', of: GRAVITIES },
    description: 'How much it hurts, where that does not follow from impact.',
  },
  category: {
    shape: { type: 'choice', of: ['docs', 'product', 'mixed'] },
    description: 'Whether docs can fix it.',
    default: 'docs',
  },
  quotes: texts('text', "Customers' own words, without names or ids. They help to find near misses and never decide."),
  gate: {
    shape: { type: 'choice', of: ['block', 'watch'] },
    description: 'With "watch" the scenario is reported and never blocks.',
    default: 'block',
  },
  followUps: texts('text', 'What the product should change; docs cannot fix it.'),
  owner: text('text', 'The person or team to ask.', { example: '@acme/docs' }),
  waive: {
    shape: { type: 'map', fields: WAIVER_FIELDS },
    description: 'A recorded decision not to require the scenario.',
    example: { reason: 'Fixed in 4.2', by: '@jo', until: '2027-03-31' },
  },
} as const satisfies Fields;

/** The whole registry in one table: the validator and the JSON Schema are both derived from it. */
export const REGISTRY_FIELDS = {
  version: { shape: { type: 'version' }, description: 'The version of this format.', default: 1 },
  ...SETTINGS_FIELDS,
  scenarios: {
    shape: {
      type: 'list',
      item: { type: 'map', fields: SCENARIO_FIELDS, oneOf: ['codes', 'symptoms'], placed: true },
    },
    description: 'Known failures that the docs must name, explain and give the fix for.',
  },
} as const satisfies Fields;
