import GithubSlugger from 'github-slugger';

/** Makes the fragments of one page, in reading order. */
export interface AnchorMaker {
  /** The fragment of a title; repeated titles are numbered. */
  fromTitle(title: string): string;
  /** Takes note of a fragment given by hand. */
  given(id: string): void;
}

/** github-slugger with its duplicate counter, as rehype-slug, Astro, Docusaurus, Nextra and Fumadocs use it. */
export function githubAnchors(): AnchorMaker {
  const slugger = new GithubSlugger();
  return { fromTitle: (title) => slugger.slug(title), given: () => {} };
}

/**
 * VitePress: the slugs of @mdit-vue/shared, made unique as markdown-it-anchor does,
 * where ids given by hand count as taken.
 */
export function vitepressAnchors(): AnchorMaker {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  return {
    fromTitle(title) {
      const base = vitepressSlug(title);
      let anchor = base;
      for (let i = next.get(base) ?? 1; taken.has(anchor); i++) {
        anchor = `${base}-${i}`;
        next.set(base, i + 1);
      }
      taken.add(anchor);
      return anchor;
    },
    given: (id) => taken.add(id),
  };
}

/** `slugify` of @mdit-vue/shared: diacritics and control characters removed, specials to `-`, no leading digit. */
export function vitepressSlug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\u0000-\u001f]/g, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^(\d)/, '_$1')
    .toLowerCase();
}
