import { LRUCache } from 'lru-cache';
import {
  type AppIdentity,
  type ConnectionOptions,
  connectApp,
  connectInstallation,
  findIdentity,
  type GitHub,
} from '../github/installation-client.ts';

/** Installations whose token and throttle are kept; another one is connected anew. */
const MOST_INSTALLATIONS = 1_000;

/** The connections to GitHub: one as the App, and one for each installation. They share nothing. */
export class Connections {
  readonly app: ReturnType<typeof connectApp>;
  readonly #options: ConnectionOptions;
  readonly #installations = new LRUCache<number, GitHub>({ max: MOST_INSTALLATIONS });
  #identity: Promise<AppIdentity> | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.app = connectApp(options);
  }

  /** Who the App is; asked until GitHub has answered once. */
  identity(): Promise<AppIdentity> {
    this.#identity ??= findIdentity(this.app).catch((error: unknown) => {
      this.#identity = null;
      throw error;
    });
    return this.#identity;
  }

  async of(installation: number): Promise<GitHub> {
    const app = await this.identity();
    const github = this.#installations.get(installation) ?? connectInstallation(installation, app, this.#options);
    this.#installations.set(installation, github);
    return github;
  }
}
