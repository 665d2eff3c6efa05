import { docusaurus } from './docusaurus.ts';
import type { Framework, FrameworkRules } from './framework.ts';
import { fumadocs } from './fumadocs.ts';
import { mintlify } from './mintlify.ts';
import { nextra } from './nextra.ts';
import { plain } from './plain.ts';
import { starlight } from './starlight.ts';
import { vitepress } from './vitepress.ts';

/** Every framework; the first to find a folder has it. `plain` comes last and only where none of the others finds one. */
export const FRAMEWORKS: readonly FrameworkRules[] = [
  starlight,
  docusaurus,
  mintlify,
  vitepress,
  fumadocs,
  nextra,
  plain,
];

const BY_NAME = new Map<string, FrameworkRules>(FRAMEWORKS.map((rules) => [rules.name, rules]));

export function rulesOf(framework: Framework): FrameworkRules {
  return BY_NAME.get(framework) as FrameworkRules;
}
