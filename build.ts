import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** The folders whose code reads and judges, and the file that pins the packages it is made with. */
const READING = ['src/registry', 'src/docs', 'src/coverage', 'src/review'];
const PACKAGES = 'package-lock.json';

/**
 * A digest of everything that decides what a page says and what a scenario comes to. What was kept by code with another
 * digest is not used.
 * @param root the project's folder
 */
export function codeDigest(root: string): string {
  const files = READING.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const file of [...files.sort(), join(root, PACKAGES)]) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

async function buildAll(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['src/cli.ts', 'src/server.ts'],
    outdir,
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19', logLevel: 'warning' },
    external: ['esbuild'],
    banner: { js: REQUIRE },
    define: { CODE_DIGEST: JSON.stringify(codeDigest('.')) },
  });
  await build({
    entryPoints: ['src/studio/client/main.ts', 'src/studio/client/index.html'],
    outdir: join(outdir, 'studio'),
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', logLevel: 'warning' },
    loader: { '.html': 'copy' },
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildAll(process.argv[2] ?? 'dist');
