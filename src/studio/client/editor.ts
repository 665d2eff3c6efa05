import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentService, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Mistake } from '../../registry/registry.ts';
import { type CompletionSources, completionFor } from './completion.ts';
import { asSentence, element } from './dom.ts';
import { indentAfter } from './yaml-place.ts';

/** The colours are variables of the page, which has a light and a dark theme. */
const HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--yaml-key)', fontWeight: '600' },
  { tag: tags.string, color: 'var(--yaml-text)' },
  { tag: tags.content, color: 'var(--ink)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace], color: 'var(--quiet)' },
  { tag: tags.invalid, color: 'var(--missing)' },
]);

interface EditorOptions {
  parent: HTMLElement;
  completion: CompletionSources;
  onEdit(): void;
  onMove(): void;
}

/** The editor of one text at a time. */
export class Editor {
  readonly view: EditorView;
  readonly #options: EditorOptions;
  readonly #theme = new Compartment();

  constructor(options: EditorOptions) {
    this.#options = options;
    this.view = new EditorView({ parent: options.parent, extensions: [EditorView.cspNonce.of(nonceOfPage())] });
  }

  /** Makes the state of a text, with its own undo history. */
  stateOf(path: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: this.#extensions(path) });
  }

  #extensions(path: string): Extension[] {
    const { completion, onEdit, onMove } = this.#options;
    return [
      // A carriage return is then a character of the text, so that saving keeps it.
      EditorState.lineSeparator.of('\n'),
      EditorView.cspNonce.of(nonceOfPage()),
      EditorView.contentAttributes.of({ 'aria-label': `Registry file ${path}` }),
      this.#theme.of(themeOfPage()),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      lintGutter(),
      history(),
      drawSelection(),
      indentUnit.of('  '),
      // Uses the text alone, because the syntax tree may lag behind somebody who types fast.
      indentService.of((context, at) =>
        context.simulatedBreak === at ? indentAfter(context.lineAt(at, -1).text) : undefined,
      ),
      bracketMatching(),
      closeBrackets(),
      search({ top: true }),
      highlightSelectionMatches(),
      yaml(),
      syntaxHighlighting(HIGHLIGHT),
      autocompletion({ override: [completionFor(completion)], icons: false }),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...defaultKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...lintKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of(({ docChanged, selectionSet }) => {
        if (docChanged) onEdit();
        else if (selectionSet) onMove();
      }),
    ];
  }

  followTheme(): void {
    this.view.dispatch({ effects: this.#theme.reconfigure(themeOfPage()) });
  }

  get line(): number {
    const { doc, selection } = this.view.state;
    return doc.lineAt(selection.main.head).number;
  }

  /** Puts the cursor on a line and shows it in the middle. */
  goTo(line: number, column = 1): void {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const anchor = Math.min(from + column - 1, to);
    this.view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.view.focus();
  }

  showProblems(problems: readonly Mistake[]): void {
    const { doc } = this.view.state;
    const shown = problems.flatMap((problem) => diagnosticOf(problem, doc) ?? []);
    this.view.dispatch(setDiagnostics(this.view.state, shown));
  }
}

/** The nonce without which the browser refuses the styles that the editor makes. */
function nonceOfPage(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/** The theme of what the editor draws by itself, such as the line under a mistake. */
function themeOfPage(): Extension {
  return EditorView.darkTheme.of(matchMedia('(prefers-color-scheme: dark)').matches);
}

function diagnosticOf({ line, column, severity, message, advice }: Mistake, doc: Text): Diagnostic | null {
  if (line > doc.lines) return null;
  const at = doc.line(line);
  const end = at.from + at.text.trimEnd().length;
  const from = Math.min(at.from + column - 1, end);
  return {
    from,
    to: Math.max(from, end),
    severity,
    message: `${message}. ${advice}`,
    renderMessage: () => element('div', element('p', asSentence(message)), element('p.advice', advice)),
  };
}
