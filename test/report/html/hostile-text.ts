import fc from 'fast-check';
import { DomHandler, Parser } from 'htmlparser2';

/** Text that tries to be anything but text. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '<b>',
          '</b>',
          '<script>alert(1)</script>',
          '</script>',
          '</style>',
          '<!--',
          '-->',
          '</details>',
          '<svg/onload=x>',
        ],
        ...['"', "'", '">', "'>", '&', '&lt;', '&#60;', '&quot;', '" onclick="x', 'javascript:x', 'data:text/html,x'],
        ...[
          '\u202e',
          '\u2066',
          '\u200b',
          '\u200d',
          '\u0000',
          '\ud800',
          '\u001b[31m',
          '\n',
          '\r\n',
          '\t',
          '\u2028',
          '\u00ad',
        ],
        ...[
          '`',
          '``',
          '|',
          'user_verify_url',
          '猫',
          'שלום',
          '👩‍💻',
          ' ',
          ']]>',
          '<![CDATA[',
          '<?x',
          '%3Cb%3E',
          '//evil.example',
        ],
      ),
      fc.string({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

export interface Shape {
  name: string;
  attributes: Record<string, string>;
  /** With that of its children. */
  text: string;
  children: Shape[];
}

/** The elements of a page as a browser would build them, comments and the like included. */
export function shapeOf(markup: string): Shape[] {
  const handler = new DomHandler();
  new Parser(handler).end(markup);
  return handler.dom.flatMap(shape);
}

function shape(node: DomHandler['dom'][number]): Shape[] {
  if (node.type === 'text') return [];
  const children = 'children' in node ? node.children : [];
  const { name = node.type, attribs = {} } = node as { name?: string; attribs?: Record<string, string> };
  return [{ name, attributes: attribs, text: children.map(textOf).join(''), children: children.flatMap(shape) }];
}

function textOf(node: DomHandler['dom'][number]): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return node.type === 'text' ? (node as { data: string }).data : '';
}

/** The names of all elements but `code`, which backticks make. */
export function elementsBesideCode(shapes: readonly Shape[]): string[] {
  return shapes.flatMap(({ name, children }) => [...(name === 'code' ? [] : [name]), ...elementsBesideCode(children)]);
}
