import type { GitObjects } from './git-objects.ts';

export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';
export type PermissionLevel = 'read' | 'write';
export type Permissions = Record<string, PermissionLevel>;

export interface User {
  id: number;
  login: string;
  type: 'User' | 'Bot' | 'Organization';
}
export interface App {
  id: number;
  slug: string;
  name: string;
  owner: User;
  bot: User;
  events: string[];
}
export interface Installation {
  id: number;
  account: User;
  permissions: Permissions;
  repositories: Set<Repository>;
  suspended: boolean;
  limits: { core: RateLimit; graphql: RateLimit };
}
export interface RateLimit {
  limit: number;
  remaining: number;
  /** Milliseconds since 1970; after it, `remaining` is `limit` again. */
  reset: number;
}
export interface Token {
  installation: Installation;
  permissions: Permissions;
  repositories: Set<Repository>;
  expires: number;
}
export interface Repository {
  id: number;
  owner: User;
  name: string;
  private: boolean;
  defaultBranch: string;
  /** Shared with the forks, as at GitHub. */
  git: GitObjects;
  /** `refs/heads/main` → commit. */
  refs: Map<string, string>;
  parent?: Repository;
  pulls: Map<number, Pull>;
  checkRuns: CheckRun[];
  comments: Comment[];
  /** Of all branches, first in line first. */
  mergeQueue: QueueEntry[];
  roles: Map<string, Role>;
  nextNumber: number;
  createdAt: string;
}
/** One pull request in a merge queue, as a commit on top of the entry before it. */
export interface QueueEntry {
  id: number;
  pull: Pull;
  /** The branch that the queue made for the group that this is in. */
  headRef: string;
  base: string;
  head: string;
}
export interface Pull {
  id: number;
  number: number;
  title: string;
  body: string | null;
  author: User;
  state: 'open' | 'closed';
  draft: boolean;
  locked: boolean;
  base: { repository: Repository; ref: string; sha: string };
  /** The repository is null once the fork is deleted. */
  head: { repository: Repository | null; owner: User; ref: string; sha: string };
  /** Before the last push or change of base, for the webhooks that tell of it. */
  previous: { headSha?: string; baseRef?: string; baseSha?: string };
  createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  mergedAt: string | null;
  mergeCommit: string | null;
  mergedBy: User | null;
}
export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: string;
  message: string;
  title?: string;
  raw_details?: string;
}
export interface CheckRun {
  id: number;
  suiteId: number;
  app: App;
  name: string;
  headSha: string;
  status: string;
  conclusion: string | null;
  /** Empty when none was given. */
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Annotation[];
  actions: { label: string; description: string; identifier: string }[];
}
export interface Comment {
  id: number;
  issue: number;
  user: User;
  app: App | null;
  body: string;
  /** Hidden by somebody. */
  minimized: boolean;
  createdAt: string;
  updatedAt: string;
  reactions: { id: number; user: User; content: string; createdAt: string }[];
}
export interface Delivery {
  id: number;
  guid: string;
  deliveredAt: string;
  redelivery: boolean;
  /** Seconds. */
  duration: number;
  status: string;
  /** 0 when no answer came. */
  statusCode: number;
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  url: string;
  request: { headers: Record<string, string>; body: string };
  response: { headers: Record<string, string>; body: string };
}

/** Everything GitHub remembers. */
export interface World {
  apiUrl: string;
  app: App;
  privateKey: string;
  publicKey: string;
  webhookSecret: string;
  /** Other apps by slug. */
  apps: Map<string, App>;
  users: Map<string, User>;
  installations: Map<number, Installation>;
  repositories: Map<string, Repository>;
  tokens: Map<string, Token>;
  deliveries: Delivery[];
  suites: Map<string, number>;
  /** Largest answers GitHub gives whole: entries of a tree, bytes of a text in GraphQL. */
  sizes: { treeEntries: number; graphqlText: number };
  /** Milliseconds since 1970. */
  now(): number;
  /** Ids and commit times only grow. */
  next(): number;
}
