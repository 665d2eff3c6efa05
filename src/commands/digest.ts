import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal digits. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const NAMED = 'sha256:';

/** A short name for a vocabulary's signature; that of a name is the name itself. */
export function nameOfSignature(signature: string): string {
  return signature.startsWith(NAMED) ? signature : NAMED + digest(signature);
}
