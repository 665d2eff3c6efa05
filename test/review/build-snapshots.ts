import { createHash } from 'node:crypto';
import type { BlobText, Snapshot, Snapshots, Tree, TreeFile } from '../../src/review/compare/snapshot.ts';
import type { Finding } from '../../src/review/findings/finding.ts';
import type { Review, ScenarioReview } from '../../src/review/review.ts';
import { type ReviewInput, reviewDocs } from '../../src/review/review-docs.ts';

/** Path → text, or why it cannot be read. */
export type Files = Record<string, string | BlobText>;

/** Makes snapshots that share their blobs, with ids that depend on the text alone, as git's do. */
export function blobStore() {
  const blobs = new Map<string, BlobText>();
  const treeOf = (files: Files): Tree => {
    const tree = new Map<string, TreeFile>();
    for (const [path, content] of Object.entries(files)) {
      const blob = typeof content === 'string' ? { text: content } : content;
      const id = createHash('sha1').update(JSON.stringify(blob)).digest('hex');
      blobs.set(id, blob);
      tree.set(path, { blob: id, mode: '100644' });
    }
    return tree;
  };
  const snapshot = (commit: string, files: Files): Snapshot => ({ commit, tree: treeOf(files) });
  return { blobs, treeOf, snapshot };
}

export interface Case {
  /** The merge base; `tip` is the same unless given. */
  before: Files;
  after: Files;
  tip?: Files;
}

/** Snapshots of a pull request; each side's commit is named for it. */
export function buildSnapshots({ before, after, tip }: Case): Snapshots {
  const { blobs, snapshot } = blobStore();
  const mergeBase = snapshot('merge-base', before);
  return { blobs, base: tip ? snapshot('tip', tip) : mergeBase, mergeBase, head: snapshot('head', after) };
}

/** Reviews a pull request whose registry stands in its files, unless something else is asked for. */
export function review(files: Case, options: Partial<ReviewInput> = {}): Review {
  return reviewDocs({
    snapshots: buildSnapshots(files),
    registry: { files: 'from-base', defaults: null },
    today: '2026-06-01',
    waive: [],
    direct: false,
    ...options,
  });
}

export function scenarioOf(reviewed: Review, id = 'blank-tokens'): ScenarioReview {
  const found = reviewed.scenarios.find(({ scenario }) => scenario.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

/** Findings as `kind path:line`, with `!` before those that block. */
export function outline(findings: readonly Finding[]): string[] {
  return findings.map(({ kind, path, line, blocking }) => `${blocking ? '!' : ''}${kind} ${path}:${line}`);
}

/** A registry with the settings of a plain site and the given YAML of scenarios. */
export function registry(scenarios: string, gate = ''): string {
  return `version: 1
docs:
  - root: docs
    framework: plain
${gate}scenarios:
${scenarios}`;
}

export const REGISTRY = '.github/signpost.yml';

/** A scenario by symptom, with one cause and one link. */
export const BLANK_TOKENS = `  - id: blank-tokens
    title: Tokens come back blank
    symptoms: ["tokens blank|empty"]
    causes: ["retrieval disabled"]
    links: [/security/]
    pages: [troubleshooting]
    impact: { customers: 3 }
`;

export const SECURITY = '---\ntitle: Security\n---\n\nHow token retrieval is switched on.\n';

/** A page whose one section covers `blank-tokens`. */
export const COVERING = `---
title: Troubleshooting
---

## Tokens come back blank

This is what you see when retrieval is disabled for the account. See [Security](/security/).

## Redirect loops

The browser never stops. Clear its cookies.
`;

/** Replaces a part of a text that must be there. */
export function edit(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`not there: ${from}`);
  return text.replace(from, () => to);
}
