import type { NearMiss } from '../../coverage/coverage.ts';
import { plainPhrase } from '../../review/findings/wording.ts';

/**
 * A near miss for a page's author: what the section lacks as people say it. How the registry could take the section as
 * it is comes second, for its maintainer; advice that only repeats what lacks is left out.
 */
export function forAuthor(miss: NearMiss): NearMiss {
  return { ...miss, lacks: miss.lacks.map(lackWords), edit: editWords(miss) };
}

function lackWords(lack: string): string {
  if (/[“`]/.test(lack)) return withPlainPhrases(lack.replace(/^cause /, 'the cause '));
  return `“${plainPhrase(lack)}”`;
}

function editWords({ lacks, edit }: NearMiss): string {
  if (edit.startsWith('add `')) return `if it means the same, ${edit.replace(/, or say .*$/s, '')} in the registry`;
  return lacks.length > 0 ? '' : withPlainPhrases(edit);
}

function withPlainPhrases(text: string): string {
  return text.replace(/“([^“”]*)”/g, (_, phrase: string) => `“${plainPhrase(phrase)}”`);
}
