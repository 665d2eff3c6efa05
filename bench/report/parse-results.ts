import { RESULTS_VERSION, type Results } from '../results.ts';

/** The results that a file holds. @throws for those of another version */
export function parseResults(file: string, text: string): Results {
  const results: Results = JSON.parse(text);
  const { version } = results;
  if (version === RESULTS_VERSION) return results;
  throw new Error(`${file} holds results of version ${version}, and ${RESULTS_VERSION} is needed: measure again`);
}
