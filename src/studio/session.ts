import { trySentence } from '../coverage/try-sentence.ts';
import { registrySchema } from '../registry/json-schema.ts';
import type { RegistryFile } from '../registry/parse-registry.ts';
import type { BlobText, Snapshot, Tree } from '../review/compare/snapshot.ts';
import { type DraftRegistry, LiveAudit, type LiveCoverage } from '../review/live-audit.ts';
import type { EditableFiles, Saved } from './editable-files.ts';
import type {
  CheckAnswer,
  CheckRequest,
  DocsAnswer,
  SaveRequest,
  SessionAnswer,
  StudioEvent,
  TryAnswer,
  TryRequest,
} from './protocol.ts';
import { shownCounts, shownDetail, shownProblem, shownRows, shownTry } from './show.ts';

/** Reads the docs that the registry is for. */
export interface Docs {
  snapshot(): Promise<Snapshot>;
  /** Reads the needed blobs into `blobs`. Asks again what is needed until nothing new is named. */
  load(snapshot: Snapshot, needed: (tree: Tree) => string[], blobs: Map<string, BlobText>): Promise<void>;
}

export interface SessionOptions {
  name: string;
  docs: Docs;
  files: EditableFiles;
  defaults: RegistryFile | null;
  today(): string;
  onBug(error: unknown): void;
}

/** A pause of this length means that the person does not type. */
const PAUSE_MS = 350;

/** One person's work on a registry: the open files, the coverage of the docs, and events such as changes on disk. */
export class StudioSession {
  readonly #options: SessionOptions;
  readonly #blobs = new Map<string, BlobText>();
  readonly #live: LiveAudit;
  /** Called with everything that happens without a request. */
  onEvent: (event: StudioEvent) => void = () => {};
  #snapshot: Snapshot;
  #pause: NodeJS.Timeout | undefined;
  #nextStep: NodeJS.Immediate | undefined;
  #last: LiveCoverage | null = null;
  /** Settles after the last check or reading of the docs. They take turns, because both change what is judged. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The version of each file that the page knows of. When the disk tells of the same one, it is no news. */
  readonly #written = new Map<string, string | null>();

  private constructor(options: SessionOptions, snapshot: Snapshot) {
    this.#options = options;
    this.#snapshot = snapshot;
    this.#live = new LiveAudit(snapshot, this.#blobs);
  }

  /** Reads the docs and judges the registry on disk once, so that the first answer is ready at once. */
  static async begin(options: SessionOptions): Promise<StudioSession> {
    const session = new StudioSession(options, await options.docs.snapshot());
    const { files } = await session.answer();
    await session.check({ files, focus: null });
    return session;
  }

  async answer(): Promise<SessionAnswer> {
    const { name, files } = this.#options;
    const opened = await Promise.all(files.paths.map((path) => files.read(path)));
    for (const { path, version } of opened) this.#written.set(path, version);
    return { name, files: opened, blocked: files.blocked, schema: registrySchema() };
  }

  docs(): DocsAnswer {
    const pages = this.#last?.site.pages ?? [];
    return { pages: pages.map(({ name, url, title }) => ({ name, route: url, title })) };
  }

  /** The anchors of the page at a route. */
  anchors(route: string): string[] {
    const page = this.#last?.site.pageByRoute(route);
    return page ? [...(this.#last?.site.read(page).anchors ?? [])] : [];
  }

  check(request: CheckRequest): Promise<CheckAnswer> {
    return this.#inTurn(async () => {
      const start = performance.now();
      const draft = this.#draft(request.files);
      const needed = () => this.#live.needed(draft);
      if (needed().length > 0) await this.#options.docs.load(this.#snapshot, needed, this.#blobs);
      const live = this.#live.judge(draft);
      this.#last = live;
      this.#beginIdleWork();
      const explained = request.focus === null ? null : this.#live.explain(live, request.focus, draft.today);
      return {
        rows: shownRows(live),
        problems: live.mistakes.map(shownProblem),
        counts: shownCounts(live),
        detail: explained && shownDetail(live.site, explained),
        pending: live.isAdvicePending,
        milliseconds: performance.now() - start,
      };
    });
  }

  try({ words, place }: TryRequest): TryAnswer {
    return shownTry(trySentence(words, place, this.#last?.registry.scenarios ?? []), place);
  }

  async save({ path, text, version }: SaveRequest): Promise<Saved> {
    const saved = await this.#options.files.save(path, text, version);
    if ('version' in saved) {
      this.#written.set(path, saved.version);
      // For other pages that have the file open.
      this.onEvent({ kind: 'file', file: { path, text, version: saved.version } });
    }
    return saved;
  }

  /** Tells of a registry file that somebody else changed. @param place where it lies on disk */
  async fileChanged(place: string): Promise<void> {
    const { files } = this.#options;
    const path = files.paths.find((each) => files.places.get(each) === place) as string;
    const file = await files.read(path).catch(() => null);
    if (!file || this.#written.get(path) === file.version) return;
    this.#written.set(path, file.version);
    this.onEvent({ kind: 'file', file });
  }

  /** Reads the docs anew. */
  async docsChanged(): Promise<void> {
    await this.#inTurn(async () => {
      this.#snapshot = await this.#options.docs.snapshot();
      const blobs = new Set(Array.from(this.#snapshot.tree.values(), ({ blob }) => blob));
      for (const id of this.#blobs.keys()) if (!blobs.has(id)) this.#blobs.delete(id);
      this.#live.replaceDocs(this.#snapshot);
    });
    this.onEvent({ kind: 'docs' });
  }

  end(): void {
    clearTimeout(this.#pause);
    clearImmediate(this.#nextStep);
  }

  /** Looks for further advice and reads pages while the person pauses, in small steps that let requests in between. */
  #beginIdleWork(): void {
    this.end();
    const steps = this.#idleSteps();
    const go = () => {
      try {
        if (!steps.next().done) this.#nextStep = setImmediate(go);
      } catch (error) {
        this.#options.onBug(error);
      }
    };
    this.#pause = setTimeout(go, PAUSE_MS);
  }

  *#idleSteps(): Generator<void> {
    let hasFound = false;
    for (; this.#live.adviseFurther(); hasFound = true) yield;
    if (hasFound) this.onEvent({ kind: 'advice' });
    while (this.#live.readAhead()) yield;
  }

  /** The given files in the order in which they were opened, because the first holds the settings. */
  #draft(given: CheckRequest['files']): DraftRegistry {
    const texts = new Map(given.map(({ path, text }) => [path, text]));
    const files = this.#options.files.paths.flatMap((path) => {
      const text = texts.get(path);
      return text === undefined ? [] : [{ path, text }];
    });
    return { files, defaults: this.#options.defaults, today: this.#options.today() };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
