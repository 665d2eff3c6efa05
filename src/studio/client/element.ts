type Child = Node | string | null;

interface Properties {
  class?: string;
  title?: string;
  hidden?: boolean;
  /** Attributes as they are written. */
  attributes?: Record<string, string>;
  onclick?: (event: MouseEvent) => void;
}

/** Makes an element. Strings become text and nothing else: pages and registries are never read as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  { class: className, attributes, ...rest }: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), rest);
  if (className !== undefined) made.className = className;
  for (const [key, value] of Object.entries(attributes ?? {})) made.setAttribute(key, value);
  made.append(...children.filter((child): child is Node | string => child !== null));
  return made;
}

/** The element of the page with this id. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** A text with some of it marked; marks ascend and do not overlap. */
export function markedText(
  text: string,
  marks: readonly { start: number; end: number; field?: string }[],
): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { start, end, field = 'symptom' } of marks) {
    parts.push(text.slice(from, start));
    parts.push(element('mark', { class: field, title: NAMES[field] ?? field }, text.slice(start, end)));
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
