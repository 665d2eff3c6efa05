import type { FoundCode } from '../registry/authoring/found-code.ts';
import { NotOpenapi, openapiCodes } from '../registry/authoring/openapi-codes.ts';
import { FORMATS, type TextFormat } from '../registry/text-formats.ts';
import type { ToldSettings } from '../review/suggest/proposals/starter-settings.ts';
import type { Occasion } from './command.ts';
import type { InitValues } from './init.ts';
import { readInput } from './read-input.ts';
import { UsageFailure } from './usage-failure.ts';

/** What flags, or a person at the terminal, say of the site. */
export interface Told extends ToldSettings {
  /** Of the docs roots that were found, those that are wanted; null for all. */
  kept: readonly string[] | null;
}

/** What flags say. @throws {UsageFailure} for a value that the registry would refuse */
export function settingsTold({ root = [], framework, site, preview, block }: InitValues): Told {
  return {
    roots: root.map((folder) => fitting('--root', folder, FORMATS.folder) || '.'),
    framework: framework ?? null,
    site: site === undefined ? null : fitting('--site', site, FORMATS.site),
    preview: preview === undefined ? null : fitting('--preview', preview, FORMATS.preview),
    block: block ?? null,
    kept: null,
  };
}

function fitting(flag: string, value: string, format: TextFormat): string {
  const problem = formatProblem(value, format);
  if (problem === null) return format.normalise?.(value) ?? value;
  throw new UsageFailure(`${flag} ${problem}.`, format.advice);
}

/** Completes "… must be …"; null where nothing is wrong. */
export function formatProblem(value: string, { pattern, expected }: TextFormat): string | null {
  return new RegExp(pattern).test(value) ? null : `must be ${expected}`;
}

export function toNumber(flag: string, typed: string): number {
  if (/^\d{1,4}$/.test(typed)) return Number(typed);
  throw new UsageFailure(`${flag} takes a number, found "${typed}".`, 'Write it in digits.');
}

/** The error codes of API descriptions. @throws {UsageFailure} */
export async function openapiFailures(files: readonly string[], occasion: Occasion): Promise<FoundCode[]> {
  const found: FoundCode[] = [];
  for (const file of files) {
    const input = await readInput(file, occasion);
    try {
      found.push(...openapiCodes(input));
    } catch (error) {
      if (!(error instanceof NotOpenapi)) throw error;
      throw new UsageFailure(
        `${input.path}:${error.line}: ${error.message}.`,
        'Name an OpenAPI description in YAML or JSON.',
      );
    }
  }
  return found;
}
