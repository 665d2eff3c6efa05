import type { DocsRoot } from '../../docs/frameworks/framework.ts';
import type { Tree } from '../../docs/tree.ts';

/**
 * The base registry's docs roots as they stand at the head: one whose folder the pull request emptied is followed to
 * the folder that the head's own registry names and that holds at least half of its files by the same names.
 * What is judged there stays what the base registry says.
 *
 * @param own the roots of the head's registry; empty where the pull request leaves the registry alone
 */
export function rootsAtHead(
  roots: readonly DocsRoot[],
  own: readonly DocsRoot[],
  before: Tree,
  head: Tree,
): readonly DocsRoot[] {
  const fresh = own.filter((root) => roots.every((other) => other.root !== root.root));
  return roots.map((root) => {
    if (fresh.length === 0 || filesUnder(head, root.root).length > 0) return root;
    const successor = successorOf(root, fresh, before, head);
    return successor
      ? { ...root, root: successor.root, partials: successor.partials, aliases: successor.aliases }
      : root;
  });
}

function successorOf(root: DocsRoot, fresh: readonly DocsRoot[], before: Tree, head: Tree): DocsRoot | undefined {
  const names = filesUnder(before, root.root).map((path) => path.slice(root.root.length));
  return fresh.find(({ root: folder }) => {
    const kept = names.filter((name) => head.has(`${folder}${name}`));
    return kept.length > 0 && kept.length * 2 >= names.length;
  });
}

function filesUnder(tree: Tree, folder: string): string[] {
  return [...tree.keys()].filter((path) => path.startsWith(`${folder}/`));
}
