import { type ParsedRegistry, REGISTRY_VERSION } from '../registry/parse-registry.ts';
import type { RegistryMemory } from '../review/compare/load-registry.ts';
import type { CacheFolder } from './cache-folder.ts';
import { digest } from './digest.ts';

const ENTRY = 'parsed';

/** Registries as they were read, each in a file of its own under a name for its texts. */
export class KeptRegistries implements RegistryMemory {
  readonly #folder: CacheFolder | null;
  readonly #fresh = new Map<string, ParsedRegistry>();

  constructor(folder: CacheFolder | null) {
    this.#folder = folder;
  }

  nameOf(texts: string): string {
    return `registry-${REGISTRY_VERSION}-${digest(texts)}`;
  }

  get(name: string): ParsedRegistry | undefined {
    const bytes = this.#folder?.read(name, ENTRY);
    return bytes && JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  }

  set(name: string, parsed: ParsedRegistry): void {
    this.#fresh.set(name, parsed);
  }

  /** @returns whether it wrote */
  save(): boolean {
    const written = Array.from(this.#fresh, ([name, parsed]) =>
      this.#folder?.write(name, [[ENTRY, Buffer.from(JSON.stringify(parsed))]]),
    );
    this.#fresh.clear();
    return written.includes(true);
  }
}
