import manifest from '../../package.json' with { type: 'json' };

/** Set by the build: a digest of all code that reads and judges, and of the packages that it is made with. */
declare const CODE_DIGEST: string | undefined;

/** Equal for programs that read and judge alike; null where the code was not built. */
export const CODE_VERSION: string | null =
  typeof CODE_DIGEST === 'undefined' ? null : `${manifest.version}-${CODE_DIGEST}`;
