import type { Evidence, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Scenario } from '../../registry/registry.ts';
import type { Finding } from '../../review/findings/finding.ts';
import { shortLine } from '../words/clean-text.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import type { Place } from '../words/links.ts';
import { forAuthor } from '../words/near-miss-words.ts';
import { asSentence, capitalised, count, listed, placeOf } from '../words/sentence.ts';
import { whyItMatters } from '../words/why-it-matters.ts';
import { checks, roleOf } from './candidate-checks.ts';
import { code, type Html, html, isolated, link, NOTHING, prose, trusted } from './escape-html.ts';
import type { WebPlaces } from './web-places.ts';

/** `docs/a.md:12-40`, linked to the repository where that is known. */
export function filePlace(at: Place, web: WebPlaces): Html {
  return link(web.file(at), code(placeOf(at)));
}

/** A part of a scenario's text under its own small heading; nothing without items. */
function part(title: string, items: readonly Html[]): Html {
  return items.length === 0
    ? NOTHING
    : html`<div><h4>${title}</h4><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></div>`;
}

/** What each gap is, and the way to close it; the title stands above already. */
export function toDo({ title }: Scenario, findings: readonly Finding[]): Html {
  const items = findings.map(({ message, ...finding }) => {
    const rest = message.startsWith(`${title}: `) ? message.slice(title.length + 2) : message;
    return findingText({ ...finding, message: rest });
  });
  return part('To do', items);
}

/** A finding's message and advice. */
export function findingText(finding: Finding): Html {
  const { message, advice } = besideItsPlace(finding);
  return html`${prose(asSentence(capitalised(message)))}${advice === '' ? NOTHING : html` <span class="advice">${prose(asSentence(capitalised(advice)))}</span>`}`;
}

export function evidenceList({ evidence, candidates }: ScenarioCoverage, web: WebPlaces): Html {
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
function sectionPlace(at: Place & Pick<Evidence, 'label'>, published: string | null, web: WebPlaces): Html {
  const label =
    at.label === '' ? NOTHING : html` <span class="label">“${isolated(shortLine(at.label, LABEL_CHARACTERS))}”</span>`;
  const page = published === null ? NOTHING : html` ${link(published, 'on the site')}`;
  return html`${filePlace(at, web)}${label}${page}`;
}

export function nearest(misses: readonly NearMiss[], web: WebPlaces): Html {
  const items = misses.map(forAuthor).map(({ lacks, edit, ...at }) => {
    const lacking =
      lacks.length === 0 ? NOTHING : html` lacks ${trusted(listed(lacks.map((lack) => prose(lack).markup)))}`;
    return html`${sectionPlace(at, web.page(at), web)}${lacking}${edit === '' ? NOTHING : html`; ${prose(edit)}`}`;
  });
  return part('Nearest sections', items);
}

export function waiver({ waive }: Scenario, { state, unwaived }: ScenarioCoverage): Html {
  if (waive === null) return NOTHING;
  const by = waive.by === null ? NOTHING : html` by ${isolated(waive.by)}`;
  const until = waive.until === null ? 'without an end' : `until ${waive.until}`;
  const pages =
    waive.pages.length === 0 ? NOTHING : html` on ${trusted(listed(waive.pages.map((page) => code(page).markup)))}`;
  const instead =
    state === 'waived' ? html` <span class="advice">Without the waiver it is ${unwaived.state}.</span>` : NOTHING;
  return part('Waiver', [html`${isolated(asSentence(waive.reason))} Given${by} ${until}${pages}.${instead}`]);
}

/** Gravity with its reason, readers, and customers' own words, scrubbed. */
export function importance(scenario: Scenario, privateWords: readonly string[]): Html {
  const { gravity, audience, quotes } = whyItMatters(scenario, privateWords);
  const further = scenario.quotes.length - quotes.length;
  return html`<div><h4>Why it matters</h4><p>${gravity}${audience === null ? NOTHING : html` Readers: ${isolated(asSentence(audience))}`}</p>${quotes.map((quote) => html`<blockquote dir="auto">“${quote}”</blockquote>`)}${further > 0 ? html`<p class="note">${count(further, ['more quote', 'more quotes'])} in the registry.</p>` : NOTHING}</div>`;
}

export function followUps({ followUps: items }: Scenario): Html {
  return part('For the product, not fixable in docs', items.map(prose));
}

/** What the registry asks of the docs, in its own words. */
export function askedFor(scenario: Scenario): Html {
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
