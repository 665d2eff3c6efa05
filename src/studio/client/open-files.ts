import type { EditorState } from '@codemirror/state';
import type { OpenedFile } from '../protocol.ts';
import type { Editor } from './editor.ts';

export interface OpenFile {
  path: string;
  /** As it was last read or saved. */
  disk: OpenedFile;
  state: EditorState;
  /** The text that this page saved last. The event about it may come before the answer. */
  sent: string | null;
}

/** The files of the session with their edited texts. One of them is shown. */
export class OpenFiles {
  readonly #editor: Editor;
  readonly #files: OpenFile[];
  #shown = 0;

  constructor(editor: Editor, files: readonly OpenedFile[]) {
    this.#editor = editor;
    this.#files = files.map((disk) => {
      const { path } = disk;
      return { path, disk, state: editor.stateOf(path, disk.text), sent: null };
    });
    editor.view.setState(this.shown.state);
  }

  get shown(): OpenFile {
    return this.#files[this.#shown] as OpenFile;
  }

  get all(): readonly OpenFile[] {
    this.shown.state = this.#editor.view.state;
    return this.#files;
  }

  get dirty(): OpenFile[] {
    return this.all.filter(isDirty);
  }

  show(path: string): void {
    const at = this.#files.findIndex((file) => file.path === path);
    if (at < 0 || at === this.#shown) return;
    this.shown.state = this.#editor.view.state;
    this.#shown = at;
    this.#editor.view.setState(this.shown.state);
  }

  texts(): { path: string; text: string }[] {
    return this.all.map(({ path, state }) => ({ path, text: textOf(state) }));
  }

  /** Takes over a file that changed on disk. @returns whether the person has to choose, because both texts changed */
  takeFromDisk(disk: OpenedFile): boolean {
    const file = this.all.find(({ path }) => path === disk.path);
    if (!file) return false;
    if (disk.text === file.sent) file.disk = disk;
    else if (isDirty(file) && textOf(file.state) !== disk.text) return true;
    else this.settle(disk, 'disk');
    return false;
  }

  /** Takes the file on disk, or keeps the text here, which may then be saved over it. */
  settle(disk: OpenedFile, choice: 'disk' | 'mine'): void {
    const file = this.all.find(({ path }) => path === disk.path);
    if (!file) return;
    file.disk = disk;
    if (choice === 'mine') return;
    file.state = withText(file.state, disk.text);
    if (file === this.shown) this.#editor.view.setState(file.state);
  }
}

export function isDirty({ state, disk }: OpenFile): boolean {
  return textOf(state) !== disk.text;
}

function textOf(state: EditorState): string {
  return state.sliceDoc();
}

/** Puts another text in the place of a state's, changing as little as possible, so that cursor and history stay. */
function withText(state: EditorState, text: string): EditorState {
  const old = textOf(state);
  let start = 0;
  while (start < old.length && start < text.length && old[start] === text[start]) start += 1;
  let [oldEnd, end] = [old.length, text.length];
  while (oldEnd > start && end > start && old[oldEnd - 1] === text[end - 1]) {
    oldEnd -= 1;
    end -= 1;
  }
  return state.update({ changes: { from: start, to: oldEnd, insert: text.slice(start, end) } }).state;
}
