import { type ComponentRole, LINK_ATTRIBUTES, TEXT_ATTRIBUTES, TITLE_ATTRIBUTES } from './component-names.ts';
import { type Attribute, type Element, findAttribute } from './element.ts';
import type { Frame, Frames } from './frames.ts';
import { openPre } from './html-elements.ts';
import type { Link } from './page-facts.ts';
import { lineOfText } from './reader-text.ts';
import type { SectionStart } from './section-builder.ts';

type Titled = keyof typeof TITLE_ATTRIBUTES;

/** Kinds whose title some framework turns into an anchor. */
const ANCHORED: ReadonlySet<Titled> = new Set(['accordion', 'step', 'tab']);
const PATH_ATTRIBUTES = ['file', 'src', 'path'] as const;
const PAGE_PATH = /\.mdx?(?:[#?].*)?$/;

/** True where an attribute names a Markdown file, whatever the component is called. */
export function showsFile(element: Element): boolean {
  const path = findAttribute(element, PATH_ATTRIBUTES);
  return path !== null && PAGE_PATH.test(path.value.trim());
}

/** Opens a component or a `:::` container by what it does. */
export function openComponent(frames: Frames, element: Element, name: string, role: ComponentRole): Frame | null {
  const { reader } = frames;
  const path = role === 'include' || showsFile(element) ? findAttribute(element, PATH_ATTRIBUTES) : null;
  if (path) return openPartial(frames, path.value.trim(), element.line);
  if (role === 'title') return openTitle(frames, name, element.line);
  if (reader.mode === 'flow' && role in TITLE_ATTRIBUTES) return openTitled(frames, element, name, role as Titled);
  return openPlain(frames, element, name, role);
}

/** The place where another file is shown. */
export function openPartial(frames: Frames, path: string, line: number): null {
  const { reader } = frames;
  if (reader.mode === 'flow') reader.boundary(line);
  reader.aside('partial', path, line);
  return null;
}

/** The title of the `<details>` or accordion around it, given as an element of its own. */
function openTitle(frames: Frames, name: string, line: number): Frame | null {
  const { reader } = frames;
  reader.boundary(line);
  const title = frames.innermost((frame) => frame.title !== undefined)?.title;
  if (reader.mode !== 'flow' || !title?.begin) return frames.push({ name, close: (end) => reader.boundary(end) });
  const section = title.begin(line);
  title.begin = null;
  reader.begin('label', line);
  return frames.push({ name, close: (endLine) => reader.endLabel(section, endLine) });
}

function openPlain(frames: Frames, element: Element, name: string, role: ComponentRole): Frame | null {
  const { reader } = frames;
  const { line } = element;
  if (!element.inline) reader.boundary(line);
  if (reader.mode !== 'label') showAttributes(frames, element);
  const code = role === 'sample' ? findAttribute(element, ['code']) : null;
  if (code) reader.sample(code.value, code.line, code.line);
  if (element.empty || element.inline) return null;
  if (role === 'sample' && !code) return openPre(frames, element);
  const close = (endLine: number) => {
    reader.boundary(endLine);
    reader.settleLinks(endLine);
  };
  return frames.push({ name, close, tabs: tabTitles(element) });
}

function openTitled(frames: Frames, element: Element, name: string, kind: Titled): Frame | null {
  const { reader } = frames;
  const title = findAttribute(element, TITLE_ATTRIBUTES[kind]) ?? givenByParent(frames, element, kind);
  const text = kind === 'tab' && title?.name === 'value' ? (givenByParent(frames, element, kind) ?? title) : title;
  reader.boundary(element.line);
  if (kind === 'card' && element.empty) return openPlain(frames, element, name, kind);
  if (!text) return openUntitled(frames, element, name, kind);
  const label = lineOfText(text.value);
  const { frame } = frames.pushScope(name, 'section', startOf(element, kind, label, text.value));
  frame.title = { begin: null };
  reader.aside(kind === 'card' ? 'attribute' : 'label', label, text.line, linksOf(element));
  showTexts(frames, element, title);
  return frame;
}

/** Without a title it is no section, unless a child turns out to be its title; `<details>` always is one. */
function openUntitled(frames: Frames, element: Element, name: string, kind: Titled): Frame {
  const start = startOf(element, kind, '', null);
  const { frame, scope } = frames.pushScope(name, 'section', kind === 'details' ? start : undefined);
  const adopt = () => {
    if (!scope.owns) frames.reader.builder.adopt(scope, start);
    return scope.section;
  };
  frame.title = { begin: adopt };
  showAttributes(frames, element);
  return frame;
}

function startOf(element: Element, kind: Titled, label: string, title: string | null): SectionStart {
  const id = findAttribute(element, ['id'])?.value ?? null;
  return { kind, line: element.line, label, id, slugText: ANCHORED.has(kind) ? title : null };
}

function linksOf(element: Element): Link[] {
  return LINK_ATTRIBUTES.flatMap((name) => {
    const found = findAttribute(element, [name]);
    return found ? [{ url: found.value.trim(), line: found.line }] : [];
  });
}

/** Text and links that stand only in attributes; the links go with the first text, or with what the element holds. */
function showAttributes(frames: Frames, element: Element): void {
  const { reader } = frames;
  const links = linksOf(element);
  if (showTexts(frames, element, null, links)) return;
  for (const { url, line } of links) {
    if (element.inline) reader.link(url, line);
    else if (!element.empty) reader.carryLink(url, line);
  }
  if (element.empty && !element.inline) reader.aside('attribute', '', element.line, links);
}

function showTexts(frames: Frames, element: Element, except: Attribute | null, links: Link[] = []): boolean {
  const texts = element.attributes.filter(
    (one) => one !== except && one.value?.trim() && TEXT_ATTRIBUTES.has(one.name),
  );
  for (const [i, one] of texts.entries()) {
    frames.reader.aside('attribute', one.value as string, one.line, i === 0 ? links : []);
  }
  return texts.length > 0;
}

/** `<Tabs items={['npm', 'yarn']}>` (Nextra, Fumadocs) and `<Tabs values={[{label, value}]}>` (Docusaurus). */
function tabTitles(element: Element): Frame['tabs'] {
  const items = element.attributes.find(({ name }) => name === 'items')?.expression;
  const values = element.attributes.find(({ name }) => name === 'values')?.expression;
  if (!items && !values) return undefined;
  const inOrder = /[{}]/.test(items ?? '{') ? [] : quoted(items as string);
  const byValue = new Map<string, string>();
  for (const [object] of values?.matchAll(/\{[^{}]*\}/g) ?? []) {
    const label = /\blabel\s*:\s*("[^"\n]*"|'[^'\n]*')/.exec(object)?.[1];
    const value = /\bvalue\s*:\s*("[^"\n]*"|'[^'\n]*')/.exec(object)?.[1];
    if (label && value) byValue.set(value.slice(1, -1), label.slice(1, -1));
  }
  return { inOrder: inOrder.values(), byValue };
}

function quoted(source: string): string[] {
  return Array.from(source.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g), ([, double, single]) => double ?? single ?? '');
}

function givenByParent(frames: Frames, element: Element, kind: Titled): (Attribute & { value: string }) | null {
  const tabs = kind === 'tab' ? frames.innermost((frame) => frame.tabs !== undefined)?.tabs : undefined;
  if (!tabs) return null;
  const key = findAttribute(element, ['value'])?.value;
  const value = key === undefined ? tabs.inOrder.next().value : tabs.byValue.get(key);
  return value ? { name: 'title', value, line: element.line } : null;
}
