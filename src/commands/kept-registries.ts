import { VOCABULARY_VERSION } from '../coverage/compile-vocabulary.ts';
import { knownVocabulary, rememberVocabulary } from '../coverage/known-vocabularies.ts';
import type { VocabularyRecord } from '../coverage/vocabulary.ts';
import { decodeRegistry, encodeRegistry, REGISTRY_VERSION } from '../registry/kept-registry.ts';
import type { ParsedRegistry } from '../registry/parse-registry.ts';
import type { RegistryMemory } from '../review/load-registry.ts';
import type { CacheFolder } from '../runtime/cache-folder.ts';
import { digest, nameOfSignature } from './digest.ts';

/** Registries as they were read and compiled, each in a file of its own under a name for its texts. */
export class KeptRegistries implements RegistryMemory {
  readonly #folder: CacheFolder | null;
  readonly #fresh = new Map<string, ParsedRegistry>();

  constructor(folder: CacheFolder | null) {
    this.#folder = folder;
  }

  nameOf(texts: string): string {
    return `registry-${REGISTRY_VERSION}-${VOCABULARY_VERSION}-${digest(texts)}`;
  }

  get(name: string): ParsedRegistry | undefined {
    const file = this.#folder?.open(name);
    const [parsed, vocabulary, terms] = ['parsed', 'vocabulary', 'terms'].map((key) => file?.get(key));
    file?.close();
    if (!parsed || !vocabulary || !terms) return undefined;
    const kept = decodeRegistry(textOf(parsed));
    const words: Omit<VocabularyRecord, 'terms'> = JSON.parse(textOf(vocabulary));
    const numbers = new Uint32Array(terms.buffer, terms.byteOffset, terms.length / Uint32Array.BYTES_PER_ELEMENT);
    if (kept.registry) rememberVocabulary(kept.registry.scenarios, { ...words, terms: numbers });
    return kept;
  }

  set(name: string, parsed: ParsedRegistry): void {
    this.#fresh.set(name, parsed);
  }

  /** Keeps those of which a vocabulary was made. @returns whether it wrote */
  save(): boolean {
    const written = Array.from(this.#fresh, ([name, parsed]) => {
      const vocabulary = parsed.registry && knownVocabulary(parsed.registry.scenarios);
      if (!vocabulary || this.#folder === null) return false;
      const { signature, terms, ...words } = vocabulary;
      const entries = new Map<string, Uint8Array>([
        ['parsed', Buffer.from(encodeRegistry(parsed))],
        ['vocabulary', Buffer.from(JSON.stringify({ ...words, signature: nameOfSignature(signature) }))],
        ['terms', new Uint8Array(terms.buffer, terms.byteOffset, terms.byteLength)],
      ]);
      return this.#folder.write(name, entries);
    });
    this.#fresh.clear();
    return written.includes(true);
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
