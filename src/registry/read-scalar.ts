import type { FileReading } from './file-reading.ts';
import { suggest } from './suggest.ts';
import { isCalendarDay, type TextFormat } from './text-formats.ts';
import { described, labelOf, quoted } from './wording.ts';
import type { YamlNode } from './yaml-tree.ts';

/** The text in its normal form; undefined, and a mistake noted, where there is none of that format. */
export function readText(node: YamlNode, format: TextFormat, path: string, reading: FileReading): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    reading.mistake(node, `${labelOf(path)} must be text, found ${described(node)}`, adviceForText(node, reading));
    return undefined;
  }
  if (!fits(node.value, format)) {
    reading.mistake(node, `${labelOf(path)} must be ${format.expected}, found ${described(node)}`, format.advice);
    return undefined;
  }
  return format.normalise ? format.normalise(node.value) : node.value.trim();
}

const compiled = new Map<string, RegExp>();

function fits(text: string, { pattern, format }: TextFormat): boolean {
  const regexp = compiled.get(pattern) ?? new RegExp(pattern, 'u');
  compiled.set(pattern, regexp);
  return regexp.test(text) && (format !== 'date' || isCalendarDay(text));
}

function adviceForText(node: YamlNode, reading: FileReading): string {
  if (node.kind === 'list') return 'Write one text without brackets and without "- ".';
  if (node.kind === 'map') return 'A text that holds ": " must stand in quotes.';
  if (node.value === null) return 'Give it a value or remove it.';
  const source = reading.source(node);
  return source ? `Put it in quotes: "${source}".` : 'Put it in quotes.';
}

/** The choice; undefined, and a mistake noted, where it is none of them. */
export function readChoice(
  node: YamlNode,
  choices: readonly string[],
  path: string,
  reading: FileReading,
): string | undefined {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
  if (choices.includes(value)) return value;
  const meant = suggest(value, choices);
  const hint = meant ? `; did you mean ${quoted(meant)}?` : '';
  const message = `${labelOf(path)} must be one of ${choices.join(', ')}; found ${described(node)}${hint}`;
  reading.mistake(node, message, meant ? `Write ${meant}.` : `Write one of ${choices.join(', ')}.`);
  return undefined;
}

const LITERALS = {
  version: { accepts: (value: unknown) => value === 1, expected: '1', advice: 'Write version: 1.' },
  count: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 0,
    expected: 'a whole number, 0 or more',
    advice: 'Write a number such as 3, without quotes.',
  },
  flag: {
    accepts: (value: unknown) => typeof value === 'boolean',
    expected: 'true or false',
    advice: 'Write true or false; in YAML 1.2 yes, no, on and off are text.',
  },
} as const;

/** The number or flag; undefined, and a mistake noted, where it is something else. */
export function readLiteral(node: YamlNode, type: keyof typeof LITERALS, path: string, reading: FileReading): unknown {
  const { accepts, expected, advice } = LITERALS[type];
  if (node.kind === 'scalar' && accepts(node.value)) return node.value;
  reading.mistake(node, `${labelOf(path)} must be ${expected}, found ${described(node)}`, advice);
  return undefined;
}
