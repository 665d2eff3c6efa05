import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The files that the browser loads. They hold nothing of the session. */
export interface ClientFiles {
  /** Has `NONCE` where the nonce is to stand. */
  html: string;
  script: string;
  style: string;
}

const NONCE = '__NONCE__';

/** Reads the files of the package, which stand beside the bundle. In a checkout they are bundled from the sources. */
export function loadClientFiles(): Promise<ClientFiles> {
  loaded ??= import.meta.url.endsWith('.ts') ? bundleClientFiles() : readClientFiles();
  return loaded;
}

let loaded: Promise<ClientFiles> | undefined;

async function readClientFiles(): Promise<ClientFiles> {
  const file = (name: string) => readFile(new URL(`./studio/${name}`, import.meta.url), 'utf8');
  const [html, script, style] = await Promise.all([file('index.html'), file('main.js'), file('main.css')]);
  return { html, script, style };
}

async function bundleClientFiles(): Promise<ClientFiles> {
  const { build } = await import('esbuild');
  const folder = new URL('./client/', import.meta.url);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('main.ts', folder))],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    outdir: 'out',
    logLevel: 'silent',
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { html: await readFile(new URL('index.html', folder), 'utf8'), script: text('.js'), style: text('.css') };
}

/** The page with a new nonce, which the styles need that the editor makes. */
export function pageWithNonce({ html }: ClientFiles): { html: string; nonce: string } {
  const nonce = randomBytes(16).toString('base64');
  return { html: html.replaceAll(NONCE, nonce), nonce };
}

/** Allows our own script and styles alone, requests to this server alone, and no frames. */
export function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // The editor draws the line under a mistake as a picture in its styles.
    'img-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
