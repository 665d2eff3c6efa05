import { decodeNamedCharacterReference } from 'decode-named-character-reference';
import type { Nodes } from 'mdast';
import type { CompileContext, Token } from 'mdast-util-from-markdown';
import { decodeNumericCharacterReference } from 'micromark-util-decode-numeric-character-reference';

export type NodeOf<Type extends Nodes['type']> = Extract<Nodes, { type: Type }>;

/** Text that follows text is part of it. */
export function openText(this: CompileContext, { start, end }: Token): void {
  const { children } = top<'paragraph'>(this);
  let text = children.at(-1);
  if (text?.type !== 'text') {
    // A place of its own, which the handlers of GFM may move.
    text = { type: 'text', value: '', position: { start: { line: start.line, column: start.column }, end } };
    children.push(text);
  }
  this.stack.push(text);
}

export function exitText(this: CompileContext, token: Token): void {
  (this.stack.pop() as NodeOf<'text'>).value += this.sliceSerialize(token);
}

export function exitLineEnding(this: CompileContext, token: Token): void {
  if (this.data.atHardBreak) this.data.atHardBreak = undefined;
  else if (!this.data.setextHeadingSlurpLineEnding && this.config.canContainEols.includes(top(this).type)) {
    openText.call(this, token);
    exitText.call(this, token);
  }
}

export function exitCharacterReference(this: CompileContext): void {
  this.stack.pop();
}

export function markReference(this: CompileContext, { type }: Token): void {
  this.data.characterReferenceType = type as 'characterReferenceMarkerNumeric';
}

export function exitReferenceValue(this: CompileContext, token: Token): void {
  const code = this.sliceSerialize(token);
  const marker = this.data.characterReferenceType;
  this.data.characterReferenceType = undefined;
  top<'text'>(this).value += marker
    ? decodeNumericCharacterReference(code, marker === 'characterReferenceMarkerNumeric' ? 10 : 16)
    : decodeNamedCharacterReference(code);
}

/** The innermost open node, which the grammar says is of that type, or has as much in common with it as is used. */
export function top<Type extends Nodes['type']>({ stack }: CompileContext): NodeOf<Type> {
  return stack[stack.length - 1] as NodeOf<Type>;
}
