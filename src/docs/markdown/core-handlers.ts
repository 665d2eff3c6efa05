import type { Nodes } from 'mdast';
import type { CompileContext, Handle, Token } from 'mdast-util-from-markdown';
import { toString as plainText } from 'mdast-util-to-string';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import {
  exitCharacterReference,
  exitLineEnding,
  exitReferenceValue,
  exitText,
  markReference,
  type NodeOf,
  openText,
  top,
} from './text-handlers.ts';

type Handles = Record<string, Handle>;
type Depth = NodeOf<'heading'>['depth'];

const UNKNOWN_DEPTH = 0 as Depth;

/** What each token of CommonMark adds to the tree; titles, list numbers and the like, which nobody reads, are left out. */
export const CORE_ENTER: Handles = {
  atxHeading: open(() => ({ type: 'heading', depth: UNKNOWN_DEPTH, children: [] })),
  autolink: open(() => ({ type: 'link', url: '', children: [] })),
  autolinkEmail: openText,
  autolinkProtocol: openText,
  blockQuote: open(() => ({ type: 'blockquote', children: [] })),
  characterEscape: openText,
  characterReference: openText,
  codeFenced: open(() => ({ type: 'code', value: '' })),
  codeFencedFenceInfo: buffer,
  codeFencedFenceMeta: buffer,
  codeFlowValue: openText,
  codeIndented: openBuffered(() => ({ type: 'code', value: '' })),
  codeText: openBuffered(() => ({ type: 'inlineCode', value: '' })),
  codeTextData: openText,
  data: openText,
  definition: open(() => ({ type: 'definition', identifier: '', url: '' })),
  definitionDestinationString: buffer,
  definitionLabelString: buffer,
  definitionTitleString: buffer,
  emphasis: open(() => ({ type: 'emphasis', children: [] })),
  hardBreakEscape: open(() => ({ type: 'break' })),
  hardBreakTrailing: open(() => ({ type: 'break' })),
  htmlFlow: openBuffered(() => ({ type: 'html', value: '' })),
  htmlFlowData: openText,
  htmlText: openBuffered(() => ({ type: 'html', value: '' })),
  htmlTextData: openText,
  image: open(() => ({ type: 'image', url: '' })),
  label: buffer,
  link: open(() => ({ type: 'link', url: '', children: [] })),
  listItem: open(() => ({ type: 'listItem', children: [] })),
  listOrdered: open(() => ({ type: 'list', children: [] })),
  listUnordered: open(() => ({ type: 'list', children: [] })),
  paragraph: open(() => ({ type: 'paragraph', children: [] })),
  referenceString: buffer,
  resourceDestinationString: buffer,
  resourceTitleString: buffer,
  setextHeading: open(() => ({ type: 'heading', depth: UNKNOWN_DEPTH, children: [] })),
  strong: open(() => ({ type: 'strong', children: [] })),
  thematicBreak: open(() => ({ type: 'thematicBreak' })),
};

export const CORE_EXIT: Handles = {
  atxHeading: close,
  atxHeadingSequence: exitHeadingSequence,
  autolink: close,
  autolinkEmail(token) {
    exitText.call(this, token);
    top<'link'>(this).url = `mailto:${this.sliceSerialize(token)}`;
  },
  autolinkProtocol(token) {
    exitText.call(this, token);
    top<'link'>(this).url = this.sliceSerialize(token);
  },
  blockQuote: close,
  characterEscapeValue: exitText,
  characterReference: exitCharacterReference,
  characterReferenceMarkerHexadecimal: markReference,
  characterReferenceMarkerNumeric: markReference,
  characterReferenceValue: exitReferenceValue,
  codeFenced(token) {
    closeWithValue.call(this, token, /^(\r?\n|\r)|(\r?\n|\r)$/g);
    this.data.flowCodeInside = undefined;
  },
  codeFencedFence() {
    // The second one closes the sample.
    if (!this.data.flowCodeInside) this.buffer();
    this.data.flowCodeInside = true;
  },
  codeFencedFenceInfo: drop,
  codeFencedFenceMeta: drop,
  codeFlowValue: exitText,
  codeIndented(token) {
    closeWithValue.call(this, token, /(\r?\n|\r)$/g);
  },
  codeText(token) {
    closeWithValue.call(this, token);
  },
  codeTextData: exitText,
  data: exitText,
  definition: close,
  definitionDestinationString: exitDestination,
  definitionLabelString(token) {
    drop.call(this, token);
    top<'definition'>(this).identifier = identifierOf(this.sliceSerialize(token));
  },
  definitionTitleString: drop,
  emphasis: close,
  hardBreakEscape: closeHardBreak,
  hardBreakTrailing: closeHardBreak,
  htmlFlow(token) {
    closeWithValue.call(this, token);
  },
  htmlFlowData: exitText,
  htmlText(token) {
    closeWithValue.call(this, token);
  },
  htmlTextData: exitText,
  image: closeReferring,
  label: exitLabel,
  labelText: exitLabelText,
  lineEnding: exitLineEnding,
  link: closeReferring,
  listItem: close,
  listOrdered: close,
  listUnordered: close,
  paragraph: close,
  referenceString(token) {
    drop.call(this, token);
    referring(this).identifier = identifierOf(this.sliceSerialize(token));
  },
  resource() {
    this.data.inReference = undefined;
  },
  resourceDestinationString: exitDestination,
  resourceTitleString: drop,
  setextHeading(token) {
    this.data.setextHeadingSlurpLineEnding = undefined;
    this.exit(token);
  },
  setextHeadingLineSequence(token) {
    top<'heading'>(this).depth = this.sliceSerialize(token).startsWith('=') ? 1 : 2;
  },
  setextHeadingText() {
    this.data.setextHeadingSlurpLineEnding = true;
  },
  strong: close,
  thematicBreak: close,
};

function open(create: () => Nodes): Handle {
  return function (token) {
    this.enter(create(), token);
  };
}

function openBuffered(create: () => Nodes): Handle {
  return function (token) {
    this.enter(create(), token);
    this.buffer();
  };
}

function buffer(this: CompileContext): void {
  this.buffer();
}

/** Ends a buffer of what nobody reads. */
function drop(this: CompileContext, _: Token): void {
  this.stack.pop();
}

function close(this: CompileContext, token: Token): void {
  this.exit(token);
}

function closeWithValue(this: CompileContext, token: Token, outer?: RegExp): void {
  const value = this.resume();
  top<'code'>(this).value = outer ? value.replace(outer, '') : value;
  this.exit(token);
}

function closeHardBreak(this: CompileContext, token: Token): void {
  this.data.atHardBreak = true;
  this.exit(token);
}

function exitHeadingSequence(this: CompileContext, token: Token): void {
  const heading = top<'heading'>(this);
  // A second one may close the line.
  if (heading.depth === UNKNOWN_DEPTH) heading.depth = (token.end.offset - token.start.offset) as Depth;
}

function exitDestination(this: CompileContext): void {
  const url = this.resume();
  top<'link'>(this).url = url;
}

function exitLabelText(this: CompileContext, token: Token): void {
  (this.stack.at(-2) as Referring).identifier = identifierOf(this.sliceSerialize(token));
}

/** What follows tells whether it is a reference. */
function exitLabel(this: CompileContext): void {
  const label = this.stack.pop() as NodeOf<'paragraph'>;
  const node = top(this);
  this.data.inReference = true;
  if (node.type === 'link') node.children = label.children;
  else (node as NodeOf<'image'>).alt = plainText(label);
}

function closeReferring(this: CompileContext, token: Token): void {
  const node: { type: string } = top(this);
  if (this.data.inReference) node.type += 'Reference';
  this.exit(token);
}

/** A link or image, which may turn out to be a reference. */
type Referring = { identifier: string };

function referring(context: CompileContext): Referring {
  return top(context) as unknown as Referring;
}

function identifierOf(label: string): string {
  return normalizeIdentifier(label).toLowerCase();
}
