import { docusaurus } from './docusaurus.ts';
import type { Framework, FrameworkRules } from './framework.ts';
import { fumadocs } from './fumadocs.ts';
import { mintlify } from './mintlify.ts';
import { nextra } from './nextra.ts';
import { plain } from './plain.ts';
import { starlight } from './starlight.ts';
import { vitepress } from './vitepress.ts';

/** Every framework; the first to find a folder has it. `plain` comes last and only where none of the others finds one. */
export const FRAMEWORKS: Readonly<Record<Framework, FrameworkRules>> = {
  starlight,
  docusaurus,
  mintlify,
  vitepress,
  fumadocs,
  nextra,
  plain,
};

export function rulesOf(framework: Framework): FrameworkRules {
  return FRAMEWORKS[framework];
}
