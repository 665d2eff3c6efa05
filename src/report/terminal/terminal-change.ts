import type { DocsStep } from '../../review/suggest/docs-step.ts';
import type { DocsChange, RegistryChange, SmallestChange } from '../../review/suggest/smallest-change.ts';
import { cleanLine } from '../words/clean-text.ts';
import { count, listed, placeOf } from '../words/sentence.ts';
import { toPaste } from './terminal-paste.ts';
import { type Pen, quoted } from './terminal-pen.ts';
import { quoteLines } from './terminal-quote.ts';

/**
 * The least that would cover a scenario, and that it was tried.
 * @param lack why no text on a page would, where none would
 */
export function changeLines({ docs, otherwise, registry }: SmallestChange, lack: string, pen: Pen): string {
  const { bold } = pen.colors;
  if (!docs && !registry) return pen.wrap(`${bold('Smallest change:')} no text on a page covers it: ${lack}.`);
  const parts = [
    docs ? docsLines(docs, pen) : '',
    otherwise ? alternative(otherwise, pen) : '',
    registry ? registryLines(registry, docs !== null, pen) : '',
  ].filter((part) => part !== '');
  const title = bold(`Smallest change${docs ? `: ${count(docs.words, ['word', 'words'])} of the docs` : ''}`);
  const tried = parts.length > 1 ? 'Each was tried on a copy' : 'It was tried on a copy';
  return [
    title,
    ...parts.map((part) => part.trimEnd()),
    pen.colors.dim(pen.wrap(`${tried}: with it the scenario is covered.`, '  ')),
  ]
    .join('\n\n')
    .replace('\n\n', '\n');
}

function docsLines({ steps }: DocsChange, pen: Pen): string {
  return steps.map((step, at) => stepLines(step, at > 0, pen)).join('\n');
}

function alternative({ steps }: DocsChange, pen: Pen): string {
  const [step] = steps;
  if (step?.kind !== 'paste') return '';
  return toPaste(step.snippet, pen, 'If that section is about something else, paste');
}

function stepLines(step: DocsStep, isFurther: boolean, pen: Pen): string {
  const then = isFurther ? 'Then in' : 'In';
  switch (step.kind) {
    case 'paste':
      return toPaste(step.snippet, pen, isFurther ? 'Then paste' : 'Paste');
    case 'publish':
      return pen.wrap(`${then} ${at(step)}, take out the line \`${step.key}: true\`, which hides the page.`, '  ');
    case 'take-out':
      return [
        pen.wrap(`${then} ${at(step)}, say otherwise what must not be said, ${quoted(step.phrase)}:`, '  '),
        quoteLines(step.quote, pen, '    '),
      ].join('\n');
    case 'say':
      return [
        pen.wrap(`${then} ${at(step)}, say ${listed(step.words.map(choice))} in the ${step.within}:`, '  '),
        quoteLines(step.quote, pen, '    '),
      ].join('\n');
  }
}

function at(step: { path: string; line: number }): string {
  return cleanLine(placeOf(step));
}

/** `“blank” or “empty”` for `blank|empty`. */
function choice(word: string): string {
  return listed(word.split('|').filter(Boolean).map(quoted), 'or');
}

function registryLines(change: RegistryChange, isSecond: boolean, pen: Pen): string {
  const start = isSecond ? 'Or, if the docs say it well as they stand, ' : 'If the docs say it well as they stand, ';
  const where = `in the registry (${cleanLine(placeOf({ ...change }))})`;
  return [
    pen.wrap(`${start}${cleanLine(change.advice)} ${where}:`, '  '),
    ...(change.from === null ? [] : [pen.wrap(pen.colors.red(`- ${cleanLine(change.from)}`), '      ', '    ')]),
    pen.wrap(pen.colors.green(`+ ${cleanLine(change.to)}`), '      ', '    '),
  ].join('\n');
}
