import type { ScenarioDetail, ShownBlock, ShownMiss, ShownRequirement, ShownSection } from '../protocol.ts';
import { element, markedText } from './element.ts';

/** Why a scenario has its state: the sections that were looked at, as readers see them, and those that come near. */
export function detailElement({ verdict, sections, further, misses }: ScenarioDetail): HTMLElement {
  return element(
    'div',
    { class: 'detail' },
    element('p', { class: 'verdict' }, verdict),
    ...sections.map(sectionElement),
    further === 0
      ? null
      : element('p', { class: 'further' }, `${further} more ${further === 1 ? 'section' : 'sections'} looked at.`),
    ...(misses.length === 0
      ? []
      : [element('h3', {}, 'Comes near'), element('ul', { class: 'misses' }, ...misses.map(missElement))]),
    sections.length + misses.length === 0 ? element('p', { class: 'further' }, 'No section comes near it.') : null,
  );
}

function sectionElement(section: ShownSection): HTMLElement {
  const { label, place, route, standing, counts, requirements, blocks, omitted } = section;
  return element(
    'article',
    { class: counts ? 'evidence' : 'evidence aside' },
    element('h3', {}, label || '(no title)'),
    element('p', { class: 'place' }, element('code', {}, place), ' ', element('span', { class: 'route' }, route)),
    element('p', { class: 'standing' }, `${standing}.`),
    element('ul', { class: 'requirements' }, ...requirements.map(requirementElement)),
    element(
      'div',
      { class: 'page' },
      ...blocks.map(blockElement),
      omitted === 0 ? null : element('p', { class: 'further' }, `… ${omitted} more blocks`),
    ),
  );
}

function requirementElement({ met, what, where }: ShownRequirement): HTMLElement {
  return element(
    'li',
    { class: met ? 'requirement met' : 'requirement unmet' },
    element('span', { class: 'sign', attributes: { 'aria-hidden': 'true' } }, met ? '✔' : '✖'),
    element('span', { class: 'hidden' }, met ? 'Met: ' : 'Not met: '),
    element('span', {}, what),
    ' ',
    element('span', { class: 'where' }, where),
  );
}

function blockElement({ kind, text, line, marks }: ShownBlock): HTMLElement {
  const name = kind === 'code' ? 'pre' : 'p';
  return element(name, { class: `block ${kind}`, title: `Line ${line}` }, ...markedText(text, marks));
}

function missElement({ label, place, lacks, edit }: ShownMiss): HTMLElement {
  const words = lacks.flatMap((lack, i) => [i === 0 ? '' : ', ', element('span', { class: 'lacking' }, lack)]);
  return element(
    'li',
    { class: 'miss' },
    element('strong', {}, label || '(no title)'),
    ' ',
    element('code', { class: 'place' }, place),
    element('br'),
    ...(lacks.length === 0 ? [] : ['Lacks ', ...words, '. ']),
    edit === '' ? '' : `${edit.charAt(0).toUpperCase()}${edit.slice(1)}.`,
  );
}
