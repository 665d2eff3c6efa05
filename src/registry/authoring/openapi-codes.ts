import { LineCounter, parseDocument } from 'yaml';
import { lineFinder } from '../line-starts.ts';
import type { FoundCode } from './found-code.ts';
import { isRecord, OpenapiWalk } from './openapi-walk.ts';

/** The file is no OpenAPI description. */
export class NotOpenapi extends Error {
  override readonly name = 'NotOpenapi';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * The error codes of an OpenAPI (or Swagger 2) description in JSON or YAML: values of `enum`, `const` and examples of
 * properties that are named for a code, where errors are described; and `x-error-codes`. In file order.
 * @throws {NotOpenapi}
 */
export function openapiCodes({ path, text }: { path: string; text: string }): FoundCode[] {
  const source = text.replace(/^\uFEFF/, '');
  const root = readSource(source);
  if (!isRecord(root) || !('openapi' in root || 'swagger' in root || 'components' in root || 'paths' in root)) {
    throw new NotOpenapi('it has none of "openapi", "swagger", "paths" and "components" at its top', 1);
  }
  const lineOf = lineSearch(source);
  const found = new OpenapiWalk(root).codes();
  const placed = found.map(({ code, title, count }) => ({ code, title, path, line: lineOf(code), count }));
  return placed.sort((a, b) => a.line - b.line);
}

function readSource(text: string): unknown {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // A flow map of YAML begins like JSON; its errors have lines.
    }
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    throw new NotOpenapi(`not valid YAML or JSON: ${error.message.split('\n')[0]}`, lines.linePos(error.pos[0]).line);
  }
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    throw new NotOpenapi(error instanceof Error ? error.message : String(error), 1);
  }
}

/** Finds the first line in which a code stands whole. */
function lineSearch(text: string): (code: string) => number {
  const find = lineFinder(text);
  return (code) => {
    for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
      const whole = !/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + code.length] ?? ' ');
      if (whole) return find(at).line;
    }
    return 1;
  };
}
