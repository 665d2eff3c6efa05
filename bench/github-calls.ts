/**
 * Counts what one warm review asks of GitHub, against the tests' fake, which refuses what GitHub does not know.
 * The pull request breaks a scenario, so that a comment is written as well. Prints the operations as JSON.
 */
import { reviewPullRequest } from '../src/github/review-pull-request.ts';
import { setScene } from '../test/github/signpost-on-github.ts';
import { makeSite } from './site/make-site.ts';
import { MADE_SETTINGS, registryEntry, registryText } from './site/registry-text.ts';

const site = makeSite({ seed: 1, pages: 40, scenarios: 10 });
const registry = registryText(MADE_SETTINGS, site.scenarios.map(registryEntry));
const scene = setScene({ ...Object.fromEntries(site.files()), '.github/signpost.yml': registry });
const home = (page: number) => site.names.path(page);
const covered = site.scenarios.find(({ outcome }) => outcome === 'covered')!;

async function review(page: number): Promise<string> {
  const files = { [home(page)]: '---\ntitle: Moved\n---\n\nThis page was moved.\n' };
  const opened = scene.docs.openPullRequest({ files });
  const { verdict } = await reviewPullRequest(await scene.pull(opened), scene.context);
  return verdict;
}

await review(covered.home + 1);
scene.calls();
const verdict = await review(covered.home);
if (verdict !== 'fail') throw new Error(`the review should have failed, and ended as ${verdict}`);
const violations = scene.fake.takeViolations();
if (violations.length > 0) throw new Error(violations.join('\n'));
console.log(JSON.stringify(scene.calls()));
