type Tag = keyof HTMLElementTagNameMap;
type TagOf<Selector> = Selector extends `${infer Name}.${string}` ? Name : Selector;
type Child = Node | string | false | null;

/** Attributes as they are written in HTML, and what a click does. */
type Attributes = Record<string, string> | { onclick(): void };

/**
 * Makes an element that is named as in CSS, such as `p.verdict`. Strings become text and nothing else: pages and
 * registries are never read as HTML.
 */
export function element<Selector extends Tag | `${Tag}.${string}`>(
  selector: Selector,
  ...parts: (Child | Attributes)[]
): HTMLElementTagNameMap[TagOf<Selector> & Tag] {
  const [name, ...classes] = selector.split('.') as [TagOf<Selector> & Tag, ...string[]];
  const made = document.createElement(name);
  made.classList.add(...classes);
  if (name === 'button') made.setAttribute('type', 'button');
  for (const part of parts) {
    if (typeof part === 'string' || part instanceof Node) made.append(part);
    else
      for (const [key, value] of Object.entries(part || {}))
        if (key === 'onclick') made.onclick = value;
        else made.setAttribute(key, value);
  }
  return made;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** A sign for the eye, which screen readers skip. */
export function sign(className: string, ...text: string[]): HTMLElement {
  return element(`span.${className}`, { 'aria-hidden': 'true' }, ...text);
}

/** A list item with a sign for met or not met. Screen readers read `said` instead of the sign. */
export function requirement(isMet: boolean, said: string, ...children: Child[]): HTMLElement {
  const name = isMet ? 'li.requirement.met' : 'li.requirement.unmet';
  return element(name, sign('sign', isMet ? '✔' : '✖'), element('span.hidden', said), ...children);
}

/** A text with marked parts. Marks ascend and do not overlap. */
export function markedText(text: string, marks: readonly { start: number; end: number; field?: string }[]): Child[] {
  const parts: Child[] = [];
  let from = 0;
  for (const { start, end, field = 'symptom' } of marks) {
    parts.push(text.slice(from, start));
    parts.push(element(`mark.${field}`, { title: NAMES[field] ?? field }, text.slice(start, end)));
    from = end;
  }
  return [...parts, text.slice(from)];
}

const NAMES: Record<string, string> = {
  code: 'names the failure: a code',
  symptom: 'names the failure: a symptom',
  cause: 'says the cause',
  link: 'links to the fix',
  never: 'must not be said here',
};

export function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
