import './studio.css';
import type { CheckAnswer, DocsAnswer, OpenedFile, SessionAnswer, StudioEvent } from '../protocol.ts';
import { anchorsAt, check, ENDED, HAS_ENDED, listen, openSession, Refused, readDocs, save } from './ask-server.ts';
import type { Schema } from './completion.ts';
import { byId, element } from './dom.ts';
import { Editor } from './editor.ts';
import { isDirty, OpenFiles } from './open-files.ts';
import { ProblemList } from './problem-list.ts';
import { ScenarioList } from './scenario-list.ts';
import { Tabs } from './tabs.ts';
import { TryBox } from './try-box.ts';

/** The page: the editor on the left, the coverage of the docs on the right. */
class Studio {
  readonly #session: SessionAnswer;
  readonly #editor: Editor;
  readonly #files: OpenFiles;
  readonly #tabs = new Tabs((path) => this.#goTo(path, null));
  readonly #list = new ScenarioList(({ path, line }) => this.#goTo(path, line));
  readonly #problems = new ProblemList(({ path, line, column }) => this.#goTo(path, line, column));
  readonly #try = new TryBox((id) => this.#goToScenario(id));
  #pages: DocsAnswer['pages'] = [];
  #found: CheckAnswer['problems'] = [];
  /** Whether a check is on its way, and whether another one has to follow it. */
  #isAsking = false;
  #isWaiting = false;
  #explained: string | null = null;

  constructor(session: SessionAnswer) {
    this.#session = session;
    this.#editor = new Editor({
      parent: byId('editor'),
      completion: { schema: session.schema as Schema, pages: () => this.#pages, anchorsAt },
      onEdit: () => this.#edited(),
      onMove: () => this.#moved(),
    });
    this.#files = new OpenFiles(this.#editor, session.files);
  }

  async begin(): Promise<void> {
    const { name, blocked } = this.#session;
    document.title = `${name} · Signpost studio`;
    byId('repository').textContent = name;
    for (const { path, reason } of blocked) showNotice(`blocked ${path}`, `${path} cannot be edited here: ${reason}.`);
    byId('save').onclick = () => void this.#save();
    addEventListener('keydown', (event) => this.#keyPressed(event));
    addEventListener('beforeunload', (event) => this.#files.dirty.length > 0 && event.preventDefault());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#editor.followTheme());
    this.#edited();
    void listen(
      (event) => this.#happened(event),
      () => showNotice('session', ENDED),
    );
    await this.#readPages();
  }

  async #readPages(): Promise<void> {
    this.#pages = (await readDocs()).pages;
  }

  #edited(): void {
    performance.mark('signpost:edit');
    this.#drawFiles();
    void this.#check();
  }

  /** Asks for the explanation of the scenario under the cursor, if that is another one. */
  #moved(): void {
    if (this.#focus() !== this.#explained) void this.#check();
  }

  #focus(): string | null {
    return this.#list.at(this.#files.shown.path, this.#editor.line)?.id ?? null;
  }

  async #check(): Promise<void> {
    this.#isWaiting = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#isWaiting) {
        this.#isWaiting = false;
        const focus = this.#focus();
        const answer = await check({ files: this.#files.texts(), focus });
        hideNotice('check');
        if (!this.#isWaiting) this.#show(answer, focus);
      }
    } catch (error) {
      const { message, status } = error as Refused;
      showNotice(status === HAS_ENDED ? 'session' : 'check', message);
    } finally {
      this.#isAsking = false;
    }
  }

  #show(answer: CheckAnswer, focus: string | null): void {
    this.#found = answer.problems;
    const errors = answer.problems.filter(({ severity }) => severity === 'error');
    this.#list.show(answer, focus, errors.length > 0);
    this.#explained = focus;
    this.#problems.show(answer.problems, answer.pending);
    this.#editor.showProblems(answer.problems.filter(({ path }) => path === this.#files.shown.path));
    this.#drawFiles();
    const { pages } = answer.counts;
    byId('timing').textContent =
      `${pages.toLocaleString()} ${pages === 1 ? 'page' : 'pages'} judged in ${Math.max(1, Math.round(answer.milliseconds))} ms`;
    performance.measure('signpost:shown', 'signpost:edit');
    void this.#try.run();
    // The edit may have moved lines, so the cursor may stand in another scenario now.
    if (this.#focus() !== focus) void this.#check();
  }

  #drawFiles(): void {
    const shown = this.#files.shown.path;
    this.#tabs.show(
      this.#files.all.map((file) => ({
        path: file.path,
        isShown: file.path === shown,
        isDirty: isDirty(file),
        errors: this.#found.filter(({ path, severity }) => path === file.path && severity === 'error').length,
      })),
    );
    const isAnyDirty = this.#files.dirty.length > 0;
    byId<HTMLButtonElement>('save').disabled = !isAnyDirty;
    document.title = `${isAnyDirty ? '• ' : ''}${this.#session.name} · Signpost studio`;
  }

  #goTo(path: string, line: number | null, column = 1): void {
    this.#files.show(path);
    if (line === null) this.#editor.view.focus();
    else this.#editor.goTo(line, column);
    this.#edited();
  }

  #goToScenario(id: string): void {
    const row = this.#list.rows.find((each) => each.id === id);
    if (row) this.#goTo(row.path, row.line);
  }

  #keyPressed(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    void this.#save();
  }

  async #save(): Promise<void> {
    for (const file of this.#files.dirty) {
      const { path, disk, state } = file;
      const text = state.sliceDoc();
      file.sent = text;
      try {
        const saved = await save({ path, text, version: disk.version });
        if ('conflict' in saved) this.#conflict({ path, ...saved.conflict });
        else {
          file.disk = { path, text, version: saved.version };
          hideNotice(`conflict ${path}`);
          hideNotice('save');
          byId('said').textContent = `Saved ${path}.`;
        }
      } catch (error) {
        showNotice('save', `${path} was not saved. ${(error as Error).message}`);
      }
    }
    this.#drawFiles();
  }

  #happened(event: StudioEvent): void {
    if (event.kind === 'file') this.#conflict(event.file);
    else if (event.kind === 'docs') void this.#readPages();
    else if (event.kind === 'note') showNotice('note', event.text);
    else if (event.kind === 'files')
      showNotice('files', 'A registry file came or went. Start the studio again to open all of them.');
    if (event.kind === 'docs' || event.kind === 'advice') void this.#check();
  }

  /** Takes over a file that changed on disk, or asks the person if its text changed here too. */
  #conflict(disk: OpenedFile): void {
    const { path, version } = disk;
    if (!this.#files.takeFromDisk(disk)) {
      byId('said').textContent = `${path} is as it stands on disk.`;
      hideNotice(`conflict ${path}`);
      this.#edited();
      return;
    }
    const settle = (choice: 'disk' | 'mine') => () => {
      this.#files.settle(disk, choice);
      hideNotice(`conflict ${path}`);
      if (choice === 'mine') void this.#save();
      this.#edited();
    };
    const happened = version === null ? 'was deleted' : 'changed';
    showNotice(`conflict ${path}`, `${path} ${happened} on disk while you edited it.`, [
      ['Take the one on disk', settle('disk')],
      ['Save mine over it', settle('mine')],
    ]);
  }
}

/** Shows a notice until it is hidden. It replaces an earlier one with the same `id`. */
function showNotice(id: string, text: string, choices: readonly [label: string, choose: () => void][] = []): void {
  const buttons = choices.map(([label, choose]) => element('button', { onclick: choose }, label));
  const notice = element('div.notice', { 'data-notice': id }, element('p', text), ...buttons);
  const known = noticeOf(id);
  if (known) known.replaceWith(notice);
  else byId('notices').append(notice);
}

function hideNotice(id: string): void {
  noticeOf(id)?.remove();
}

function noticeOf(id: string): Element | null {
  return document.querySelector(`[data-notice="${CSS.escape(id)}"]`);
}

/** Opens the session, or says how to get to one. */
async function begin(): Promise<void> {
  try {
    const session = await openSession();
    await new Studio(session).begin();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    document.body.classList.add('closed');
    showNotice('session', error.message);
  }
}

byId('save-key').textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘ S' : 'Ctrl S';
await begin();
