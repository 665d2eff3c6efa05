import type { Candidate, Match, NearMiss, Requirement, ScenarioCoverage } from '../../coverage/coverage.ts';
import { quoteOf } from '../../coverage/quote.ts';
import { GRAVITIES, type Scenario } from '../../registry/registry.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Audit } from '../../review/review.ts';
import { shortLine } from '../words/clean-text.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import { groupBy } from '../words/group-by.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import { whyItMatters } from '../words/scenario-words.ts';
import { forAuthor, LEVEL_WORDS, quoteParts } from '../words/section-words.ts';
import { asSentence, capitalised, count, type FilePlace, lackOf, listed, placeOf } from '../words/sentence.ts';
import { isOpen, STATES } from '../words/state-counts.ts';
import { stateBadge } from './coverage-charts.ts';
import { code, HTML_SAY, type Html, html, isolated, link, NOTHING, prose, spaced, trusted } from './escape-html.ts';
import type { WebPlaces } from './web-places.ts';

type Audited = Audit['scenarios'][number];

/** What a scenario's part of the page shows that its coverage does not hold. */
export interface Around {
  web: WebPlaces;
  privateWords: readonly string[];
  /** The findings of the scenario's gaps, by its id. */
  gaps: ReadonlyMap<string | null, readonly Finding[]>;
  /** Whether the registry's files stand in the commit that was judged. */
  isRegistryInCommit: boolean;
}

/** Scenarios under one heading. */
export interface ScenarioGroup {
  anchor: string;
  title: string;
  size: number;
  markup: Html;
}

/** The groups of the page: the anchor and the title of each. */
const HEADINGS: readonly [anchor: string, title: string][] = [
  ...GRAVITIES.toReversed().map((gravity): [string, string] => [`gaps-${gravity}`, `Gaps of ${gravity} gravity`]),
  ['waived', 'Waived'],
  ['covered', 'Covered'],
];

/** With more scenarios the browser lays out only those in sight. */
const MANY = 300;

/** Every scenario under its heading, in the order given; headings without a scenario are left out. */
export function scenarioGroups(scenarios: readonly Audited[], around: Around): ScenarioGroup[] {
  const many = scenarios.length > MANY ? 'many' : 'few';
  const groups = groupBy(scenarios, ({ coverage: { state, scenario } }) =>
    isOpen(state) ? `gaps-${scenario.gravity}` : state,
  );
  return HEADINGS.flatMap(([anchor, title]) => {
    const own = groups.get(anchor) ?? [];
    if (own.length === 0) return [];
    const markup = html`<section class="group ${many}">
<h2 id="${anchor}">${title} <span class="found">${own.length}</span></h2>
${own.map((each) => scenarioDetails(each, around))}</section>
`;
    return [{ anchor, title, size: own.length, markup }];
  });
}

/** The form that searches the scenarios below. The page's script shows it: without the script it does nothing. */
export function filterForm({ scenarios }: Audit): Html {
  if (scenarios.length < 2) return NOTHING;
  return html`<form hidden role="search" aria-label="Scenarios">
<label class="find">Find <input type="search" name="words" autocomplete="off"></label>
<fieldset><legend>States</legend>${STATES.map((state) => html`<label><input type="checkbox" name="state" value="${state}" checked>${capitalised(state)}</label>`)}</fieldset>
<span><button type="button" data-open="yes">Open all</button> <button type="button" data-open="no">Close all</button></span>
<output aria-live="polite"></output>
</form>
`;
}

/** The anchor of a scenario. It stands inside the foldable part, so that browsers open that part. */
export function scenarioAnchor(id: string): string {
  return `s-${id.replace(/[^\w-]/g, (char) => `.${char.charCodeAt(0).toString(16)}`)}`;
}

/** One scenario as a foldable part: its state and what it lacks, then the reasons for its state. */
function scenarioDetails({ coverage, nearMisses }: Audited, around: Around): Html {
  const { scenario, state } = coverage;
  return html`<details class="scenario" data-state="${state}">
<summary>${stateBadge(state)}<h3 class="title" dir="auto">${prose(scenario.title)}</h3><span class="gravity">${scenario.gravity}</span><span class="lack">${shortly(coverage)}</span></summary>
<div class="body" id="${scenarioAnchor(scenario.id)}">
${[
  toDo(scenario, around.gaps.get(scenario.id) ?? []),
  evidenceList(coverage, around.web),
  nearest(nearMisses, around.web),
  waiver(scenario, coverage),
  importance(scenario, around.privateWords),
  followUps(scenario),
  askedFor(scenario),
  registered(coverage, around),
]}
</div>
</details>
`;
}

/** Below a title: its id, and what it lacks or where it stands. */
function shortly({ scenario, state, gaps, evidence, unwaived }: Audited['coverage']): Html {
  const id = code(scenario.id);
  if (state === 'missing') return html`${id} is named nowhere`;
  if (state === 'partial') return html`${id} lacks ${trusted(lackOf(state, gaps, HTML_SAY))}`;
  if (state === 'waived') return html`${id} would be ${unwaived.state}`;
  const [at] = evidence;
  return html`${id}${at ? html` in ${code(at.path)}` : NOTHING}`;
}

function registered({ scenario }: Audited['coverage'], { web, isRegistryInCommit }: Around): Html {
  const place = isRegistryInCommit ? filePlace(scenario.place, web) : code(placeOf(scenario.place));
  const watched = scenario.gate === 'watch' ? ' It never blocks a pull request (gate: watch).' : '';
  const about = scenario.category === 'docs' ? '' : ` ${capitalised(CATEGORY[scenario.category])}.`;
  return html`<p class="note">Registered in ${place}.${trusted(about)}${trusted(watched)}</p>`;
}

const CATEGORY = { product: 'the product alone can mend it', mixed: 'docs and product can mend it together' } as const;

/** `docs/a.md:12-40`, linked to the repository where that is known. */
export function filePlace(at: FilePlace, web: WebPlaces): Html {
  return link(web.file(at), code(placeOf(at)));
}

/** A part of a scenario's text under its own small heading; nothing without items. */
export function part(title: string, items: readonly Html[]): Html {
  return items.length === 0
    ? NOTHING
    : html`<div><h4>${title}</h4><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></div>`;
}

/** What each gap is and how to close it, without the scenario's title, which stands above. */
function toDo({ title }: Scenario, findings: readonly Finding[]): Html {
  const items = findings.map(({ message, ...finding }) => {
    const rest = message.startsWith(`${title}: `) ? message.slice(title.length + 2) : message;
    return findingHtml({ ...finding, message: rest });
  });
  return part('To do', items);
}

/** A finding's message and advice as HTML. */
export function findingHtml(finding: Finding): Html {
  const { message, advice } = besideItsPlace(finding);
  return html`${prose(asSentence(capitalised(message)))}${advice === '' ? NOTHING : html` <span class="advice">${prose(asSentence(capitalised(advice)))}</span>`}`;
}

function evidenceList({ evidence, candidates }: ScenarioCoverage, web: WebPlaces): Html {
  const items = evidence.map((each) => {
    const candidate = candidates.find((other) => other.evidence === each);
    const published = candidate?.hidden ? null : web.page(each);
    return html`${sectionPlace(each, published, web)}${
      candidate
        ? html` <span class="found">${roleOf(candidate)}</span>${checks(candidate)}`
        : html`<p class="found">Words that matched: ${listed(each.matched.map((word) => `“${word}”`))}</p>`
    }`;
  });
  return part('Evidence', items);
}

/** A section by its place, its label and its page on the site. */
function sectionPlace(at: FilePlace & { label: string }, published: string | null, web: WebPlaces): Html {
  const label =
    at.label !== '' && html` <span class="label">“${isolated(shortLine(at.label, LABEL_CHARACTERS))}”</span>`;
  const page = published !== null && html` ${link(published, 'on the site')}`;
  return html`${filePlace(at, web)}${label}${page}`;
}

function nearest(misses: readonly NearMiss[], web: WebPlaces): Html {
  const items = misses.map(forAuthor).map(({ lacks, edit, ...at }) => {
    const lacking = lacks.length > 0 && html` lacks ${trusted(listed(lacks.map((lack) => prose(lack).markup)))}`;
    return html`${sectionPlace(at, web.page(at), web)}${lacking}${edit !== '' && html`; ${prose(edit)}`}`;
  });
  return part('Nearest sections', items);
}

function waiver({ waive }: Scenario, { state, unwaived }: ScenarioCoverage): Html {
  if (waive === null) return NOTHING;
  const by = waive.by !== null && html` by ${isolated(waive.by)}`;
  const until = waive.until === null ? 'without an end' : `until ${waive.until}`;
  const pages = waive.pages.length > 0 && html` on ${trusted(listed(waive.pages.map((page) => code(page).markup)))}`;
  const instead = state === 'waived' && html` <span class="advice">Without the waiver it is ${unwaived.state}.</span>`;
  return part('Waiver', [html`${isolated(asSentence(waive.reason))} Given${by} ${until}${pages}.${instead}`]);
}

/** Gravity with its reason, readers, and customers' own words, scrubbed. */
function importance(scenario: Scenario, privateWords: readonly string[]): Html {
  const { gravity, audience, quotes } = whyItMatters(scenario, privateWords);
  const further = scenario.quotes.length - quotes.length;
  return html`<div><h4>Why it matters</h4><p>${gravity}${audience === null ? NOTHING : html` Readers: ${isolated(asSentence(audience))}`}</p>${quotes.map((quote) => html`<blockquote dir="auto">“${quote}”</blockquote>`)}${further > 0 ? html`<p class="note">${count(further, ['more quote', 'more quotes'])} in the registry.</p>` : NOTHING}</div>`;
}

function followUps({ followUps: items }: Scenario): Html {
  return part('For the product, not fixable in docs', items.map(prose));
}

/** What the registry asks of the docs, in its own words. */
function askedFor(scenario: Scenario): Html {
  const { codes, symptoms, causes, links, never, pages, owner } = scenario;
  const rows: [string, readonly string[]][] = [
    ['Codes', codes],
    ['Symptoms', symptoms],
    ['Causes', causes],
    ['Links', links],
    ['Never', never],
    ['Readers look at', pages],
    ['Owner', owner === null ? [] : [owner]],
  ];
  const shown = rows.filter(([, terms]) => terms.length > 0);
  return html`<div><h4>What the registry asks for</h4><dl class="asked">${shown.map(([name, terms]) => html`<dt>${name}</dt><dd>${terms.map((term, index) => html`${index > 0 ? trusted(', ') : NOTHING}${code(term)}`)}</dd>`)}</dl></div>`;
}

/** "Names it, on a hidden page": what a section is to its scenario. */
function roleOf({ level, hidden, onPages, through }: Candidate): Html {
  const notes = [
    LEVEL_WORDS[level],
    ...(hidden ? ['on a hidden page'] : []),
    ...(onPages ? [] : ['not where readers look']),
    ...(through ? [`completed by ${placeOf(through)}`] : []),
  ];
  return html`${listed(notes)}`;
}

/** The registry's requirements, each marked as met or not met by a section. */
function checks({ trigger, requirements, forbidden, evidence }: Candidate): Html {
  const others = requirements.filter(({ kind, term }) => kind !== trigger.field || term !== trigger.term);
  return html`<ul class="checks">${check(true, trigger.field, trigger.term, trigger, evidence.path)}${others.map((each) => requirementCheck(each, evidence.path))}${forbidden.map((match) => check(false, 'it must not say', match.term, match, evidence.path))}</ul>`;
}

function requirementCheck({ kind, term, match, broken }: Requirement, path: string): Html {
  if (match === null) return check(false, kind, term, null, path, 'is lacking');
  return check(!broken, kind, term, match, path, broken ? 'leads nowhere' : '');
}

function check(isMet: boolean, kind: string, term: string, match: Match | null, path: string, note = ''): Html {
  const state = isMet ? 'covered' : 'missing';
  const line = match === null ? NOTHING : html` (${match.path === path ? `line ${match.line}` : placeOf(match)})`;
  return html`<li><b class="${state}" role="img" aria-label="${isMet ? 'has' : 'fails'}">${isMet ? '✓' : '✗'}</b> ${kind} ${code(term)}${note !== '' && html` ${note}`}${line}${match !== null && kind !== 'link' && said(match)}</li>`;
}

/** The sentence that holds the matched words, these marked; the words alone where the sentence is not known. */
function said({ term, words, found }: Match): Html {
  if (!found)
    return words.join(' ') === term || words.length === 0 ? NOTHING : html`: “${isolated(words.join(' … '))}”`;
  const parts = quoteParts(quoteOf(found));
  if (parts.length === 1 && parts[0]?.text === term) return NOTHING;
  return html`<q dir="auto">${parts.map(({ text, isMarked }) => (isMarked ? html`<mark>${spaced(text)}</mark>` : spaced(text)))}</q>`;
}
