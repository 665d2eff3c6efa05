import { GRAVITIES } from './registry.ts';
import type { Fields } from './shapes.ts';
import { text, texts } from './text-formats.ts';

const IMPACT_FIELDS = {
  customers: { shape: { type: 'count' }, description: 'How many customers are known to have met it.', default: 0 },
  environment: {
    shape: text('text'),
    description: 'Where they met it; "production" weighs more.',
    example: 'production',
  },
  recurring: { shape: { type: 'flag' }, description: 'Whether it comes back.', default: false },
} as const satisfies Fields;

const WAIVER_FIELDS = {
  reason: { shape: text('text'), description: 'Why the scenario need not be documented.', required: true },
  by: { shape: text('text'), description: 'Who decided it.', example: '@jo' },
  until: {
    shape: text('date'),
    description: 'The last day on which it holds, UTC; without it there is no end.',
    example: '2027-03-31',
  },
  pages: {
    shape: texts('glob'),
    description: 'The pages that it holds for; without it for all.',
    default: [],
  },
} as const satisfies Fields;

export const SCENARIO_FIELDS = {
  id: {
    shape: text('id'),
    description: 'A permanent, unique name in kebab-case.',
    required: true,
    example: 'blank-tokens',
  },
  title: {
    shape: text('text'),
    description: 'The failure in one line, for people. It does not match anything.',
    required: true,
    example: 'Connection has an account id but its tokens are blank',
  },
  codes: {
    shape: texts('text'),
    description:
      'Exact error codes or messages that users see, any of. A code matches whole and in its case; ' +
      'a message (it has a space) in any case, with {placeholder} for one to eight words.',
    default: [],
    example: ['failed_to_exchange_token'],
  },
  symptoms: {
    shape: texts('text'),
    description:
      'Phrases of two to four words that name the failure, any of. All words of a phrase must stand in one sentence, ' +
      'in any order; a|b is a choice.',
    default: [],
    example: ['tokens are blank|empty'],
  },
  except: {
    shape: texts('text'),
    description: 'Phrases that cancel a hit in the same sentence.',
    default: [],
    example: ['fixed in'],
  },
  causes: {
    shape: texts('text'),
    description: 'What the docs must name as the reason, all of, in the section that names the failure.',
    default: [],
    example: ['user_verify_url not|without configured'],
  },
  links: {
    shape: texts('link'),
    description: 'Where the fix is, all of: the section that names the failure must link there.',
    default: [],
    example: ['/agentkit/user-verification/'],
  },
  never: {
    shape: texts('text'),
    description: 'Phrases that the docs must not say where they name the failure.',
    default: [],
    example: ['disable verification'],
  },
  pages: {
    shape: texts('glob'),
    description:
      'Where readers look: globs on the path under the docs root without extension, or on the route if it starts ' +
      'with "/". Without it the whole site.',
    default: [],
    example: ['guides/troubleshooting'],
  },
  audience: {
    shape: text('text'),
    description: 'Who meets the failure.',
    example: 'Developers who integrate connectors',
  },
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
  quotes: {
    shape: texts('text'),
    description: "Customers' own words, without names or ids. They help to find near misses and never decide.",
    default: [],
  },
  gate: {
    shape: { type: 'choice', of: ['block', 'watch'] },
    description: 'With "watch" the scenario is reported and never blocks.',
    default: 'block',
  },
  followUps: { shape: texts('text'), description: 'What the product should change; docs cannot fix it.', default: [] },
  owner: { shape: text('text'), description: 'The person or team to ask.', example: '@acme/docs' },
  waive: {
    shape: { type: 'map', fields: WAIVER_FIELDS },
    description: 'A recorded decision not to require the scenario.',
    example: { reason: 'Fixed in 4.2', by: '@jo', until: '2027-03-31' },
  },
} as const satisfies Fields;
