import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeSite } from '../../../bench/site/make-site.ts';
import { decodeBlob } from '../../../src/docs/decode-blob.ts';
import { isPageFile } from '../../../src/docs/repo-path.ts';

/** The Markdown of a folder or a git clone, each file once. */
export function textsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() &&
      isPageFile(entry.name) &&
      !/(?:^|[/\\])(?:\.git|node_modules)(?:$|[/\\])/.test(entry.parentPath),
  );
  const texts = files.flatMap((entry) => {
    const blob = decodeBlob(readFileSync(path.join(entry.parentPath, entry.name)));
    return 'text' in blob && blob.text.trim() !== '' ? [blob.text] : [];
  });
  return [...new Set(texts)].sort();
}

/** Those of the examples and of a made site. */
export function ownTexts(): string[] {
  const made = [...makeSite({ seed: 1, pages: 60, scenarios: 60 }).files()];
  const examples = textsIn(path.join(import.meta.dirname, '../../examples'));
  return [...examples, ...made.flatMap(([file, text]) => (isPageFile(file) ? [text] : []))];
}
