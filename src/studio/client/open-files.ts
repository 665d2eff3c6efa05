import type { EditorState } from '@codemirror/state';
import type { OpenedFile } from '../protocol.ts';
import { type Editor, withText } from './editor.ts';

interface OpenFile {
  path: string;
  /** As it was last read or saved. */
  disk: OpenedFile;
  state: EditorState;
  /** What this page wrote last: the news of it comes back, maybe before the answer. */
  sent: string | null;
  /** What stands on disk now, where that and the text here went apart. */
  conflict: Pick<OpenedFile, 'text' | 'version'> | null;
}

/** The files of the session with what was edited; one of them is shown. */
export class OpenFiles {
  readonly #editor: Editor;
  readonly #files: OpenFile[];
  #shown = 0;

  constructor(editor: Editor, files: readonly OpenedFile[]) {
    this.#editor = editor;
    this.#files = files.map((disk) => ({
      path: disk.path,
      disk,
      state: editor.stateOf(disk.path, disk.text),
      sent: null,
      conflict: null,
    }));
    editor.view.setState(this.shown.state);
  }

  get shown(): OpenFile {
    return this.#files[this.#shown] as OpenFile;
  }

  get all(): readonly OpenFile[] {
    this.shown.state = this.#editor.view.state;
    return this.#files;
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

  isDirty(path: string): boolean {
    const file = this.all.find((each) => each.path === path);
    return file !== undefined && textOf(file.state) !== file.disk.text;
  }

  get dirty(): OpenFile[] {
    return this.all.filter(({ path }) => this.isDirty(path));
  }

  /** Somebody else wrote the file. @returns whether both sides changed, so that the person has to choose */
  takeFromDisk(disk: OpenedFile): boolean {
    const file = this.all.find(({ path }) => path === disk.path);
    if (!file) return false;
    if (disk.text === file.sent) {
      this.noteSaved(disk.path, disk.text, disk.version);
      return false;
    }
    const isApart = this.isDirty(disk.path) && textOf(file.state) !== disk.text;
    if (isApart) file.conflict = disk;
    else this.#accept(file, disk);
    return isApart;
  }

  /** Ends a conflict with what stands on disk, or with the text here, which is then saved over it. */
  settle(path: string, choice: 'disk' | 'mine'): void {
    const file = this.all.find((each) => each.path === path);
    if (!file?.conflict) return;
    const { text, version } = file.conflict;
    if (choice === 'disk') this.#accept(file, { path, text, version });
    else file.disk = { path, text, version };
    file.conflict = null;
  }

  noteSent(path: string, text: string): void {
    const file = this.all.find((each) => each.path === path);
    if (file) file.sent = text;
  }

  noteSaved(path: string, text: string, version: string | null): void {
    const file = this.all.find((each) => each.path === path);
    if (file) Object.assign(file, { disk: { path, text, version }, conflict: null });
  }

  #accept(file: OpenFile, disk: OpenedFile): void {
    file.disk = disk;
    file.conflict = null;
    file.state = withText(file.state, disk.text);
    if (file === this.shown) this.#editor.view.setState(file.state);
  }
}

function textOf(state: EditorState): string {
  return state.sliceDoc();
}
