/**
 * What an element does to the page's sections:
 * - `details` `accordion` `step` `tab` `callout` `card`: a section, if it has a title
 * - `title`: the title of the element around it
 * - `include`: shows another file
 * - `sample`: shows code given as an attribute
 * - `plain`: nothing of its own
 */
export type ComponentRole = keyof typeof NAMES;

/** The components that have each role. */
const NAMES = {
  details: 'details Details Collapsible.Root',
  accordion: `Accordion AccordionItem Accordion.Item AccordionTab Expandable Expander Expand Collapsible Collapse
    CollapsibleSection Disclosure FAQ FAQItem Faq FaqItem Question QuestionItem Spoiler Toggle ToggleItem`,
  step: 'Step Steps.Step StepItem',
  tab: 'Tab TabItem Tabs.Tab Tabs.Item TabPanel TabsContent TabContent',
  callout: `Aside Callout Note Warning Warn Tip Info Check Danger Caution Admonition Alert Important Success Error
    Hint Banner Notice`,
  card: 'Card LinkCard Cards.Card CardLink Card.Link Tile LinkTile FoldCard Feature',
  title: `summary Summary DetailsSummary AccordionTrigger AccordionHeader AccordionTitle AccordionButton
    AccordionSummary Accordion.Trigger Accordion.Header Collapsible.Trigger CollapsibleTrigger CardTitle CalloutTitle
    AlertTitle`,
  include: 'Snippet Include IncludeFile Partial Embed',
  sample: 'Code CodeBlock DynamicCodeBlock',
  plain: `Accordions AccordionGroup AccordionContent AccordionPanel Accordion.Content Collapsible.Content
    CollapsibleContent CollapsibleGroup Tabs TabsList TabsTrigger TabGroup TabList TabPanels CodeGroup CodeTabs
    CodeBlocks Steps Cards CardGrid CardGroup CardHeader CardContent CardBody CardFooter CardDescription
    AlertDescription Columns Column Col Row Grid Frame Fragment Icon Badge Tag Button LinkButton Link Image Img Picture
    Figure Video YouTube Youtube Tooltip Kbd Head Script Style Panel Latex Mermaid Tree FileTree Folder File Files
    Tree.Folder Tree.File FileTree.Folder FileTree.File Prompt RequestExample ResponseExample ClientOnly BrowserOnly
    ThemedImage NavLink`,
};

const ROLES: ReadonlyMap<string, ComponentRole> = new Map(
  Object.entries(NAMES).flatMap(([role, names]) => names.split(/\s+/).map((name) => [name, role as ComponentRole])),
);

/** Elements of HTML that matter neither as structure nor as text here; https://html.spec.whatwg.org/#elements-3 */
export const HTML_ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center
  cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font
  footer form frame h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main
  map mark marquee math menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress
  q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table
  tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr path g circle rect line polyline
  polygon ellipse defs use symbol text tspan`.split(/\s+/),
);

/** Elements inside a line of text; all others begin and end a block. */
export const INLINE_ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label map mark meter nobr
  output picture progress q rp rt ruby s samp slot small source span strike strong sub sup time tt u var wbr svg math`.split(
    /\s+/,
  ),
);

/** What a component does; undefined for one whose output cannot be told from its name. */
export function roleOf(name: string): ComponentRole | undefined {
  return ROLES.get(name) ?? (HTML_ELEMENTS.has(name) ? 'plain' : undefined);
}

/** What a `:::name` container does: VitePress, Docusaurus and Starlight name them as components in lower case. */
export function roleOfDirective(name: string): ComponentRole {
  return ROLES.get(name) ?? ROLES.get(name.charAt(0).toUpperCase() + name.slice(1)) ?? 'plain';
}

/** The attributes that may hold the title of a section, by its role; the first that does counts. */
export const TITLE_ATTRIBUTES = {
  details: ['summary', 'title', 'label'],
  accordion: ['title', 'summary', 'label', 'question', 'header', 'heading', 'trigger'],
  step: ['title', 'label', 'heading'],
  tab: ['label', 'title', 'value', 'name'],
  callout: ['title', 'label', 'heading'],
  card: ['title', 'label', 'heading'],
} as const;

/** Attributes of any component whose value readers see. */
export const TEXT_ATTRIBUTES: ReadonlySet<string> = new Set(
  'title label summary description alt heading question'.split(' '),
);

/** Attributes of any component that link somewhere. */
export const LINK_ATTRIBUTES = ['href', 'to', 'link', 'url'] as const;
