import { lintRegistry } from '../../lint-registry.ts';
import { parseRegistry, type RegistryFile } from '../../parse-registry.ts';
import type { Registry, Scenario } from '../../registry.ts';
import { addScenarios, updateScenario } from '../edit-registry.ts';
import { proposeId } from '../propose-id.ts';
import type { ScenarioDraft } from '../scenario-draft.ts';
import type { ToldFailure } from './draft-failure.ts';
import { titleKey } from './group-tickets.ts';
import { MOST_QUOTES } from './ticket-phrases.ts';

/** What became of one failure. */
interface ImportedEntry {
  action: 'added' | 'updated' | 'skipped';
  id: string | null;
  title: string;
  source: string;
  why: string;
}

interface RegistryWithImports {
  /** The new text of the file. */
  text: string;
  entries: ImportedEntry[];
}

/** The registry that takes the failures, and the one of its files that is written: its name and text. */
interface ImportTarget {
  name: string;
  text: string;
  files: readonly RegistryFile[];
  registry: Registry;
}

/** Nobody reads more at once, and a pattern with a mistake finds thousands. */
export const MOST_ADDED = 1000;

/**
 * Adds failures to a registry file. A scenario that the registry has already, by code, id, symptom or title, stays as it
 * is; with `update` its number of customers may rise, and it may get quotes. Nothing is added in which the registry's own
 * reader or linter finds an error.
 */
export function intoRegistry(
  target: ImportTarget,
  failures: readonly ToldFailure[],
  update: boolean,
): RegistryWithImports {
  const known = new KnownScenarios(target.registry.scenarios);
  let text = target.text;
  const drafts: ScenarioDraft[] = [];
  const take = (failure: ToldFailure): Pick<ImportedEntry, 'action' | 'id' | 'why'> => {
    if (failure.problem !== null) return { action: 'skipped', id: null, why: failure.problem };
    const same = known.sameAs(failure);
    if (same) {
      const updated = update ? updatedText(text, same, failure) : null;
      if (!updated)
        return { action: 'skipped', id: same.id, why: update ? 'nothing new on it' : 'the registry has it' };
      text = updated.text;
      return { action: 'updated', id: same.id, why: updated.why };
    }
    if (drafts.length >= MOST_ADDED) {
      return { action: 'skipped', id: null, why: `${MOST_ADDED} scenarios at once are enough` };
    }
    const draft = { id: known.newId(failure), ...failure.draft };
    known.add(draft);
    drafts.push(draft);
    return { action: 'added', id: draft.id, why: failure.why };
  };
  const entries = failures.map((failure) => ({
    title: failure.draft.title,
    source: failure.source,
    ...take(failure),
  }));
  return withoutErrors(target, text, drafts, entries);
}

function updatedText(text: string, same: Known, { draft }: ToldFailure): { text: string; why: string } | null {
  const before = same.impact?.customers ?? 0;
  const customers = draft.impact?.customers ?? 0;
  const room = Math.max(0, MOST_QUOTES - (same.quotes?.length ?? 0));
  const quotes = (draft.quotes ?? []).filter((quote) => !same.quotes?.includes(quote)).slice(0, room);
  if (customers <= before && quotes.length === 0) return null;
  const changed = updateScenario(text, same.id, { ...(customers > before && { customers }), quotes });
  if (changed === null) return null;
  const told = [
    ...(customers > before ? [`customers ${before} → ${customers}`] : []),
    ...(quotes.length > 0 ? [`${quotes.length} more ${quotes.length === 1 ? 'quote' : 'quotes'}`] : []),
  ];
  return { text: changed, why: told.join(', ') };
}

/** A scenario of the registry, or one that this import adds to it. */
type Known = Scenario | ScenarioDraft;

/** The scenarios of a registry by code, title, symptom and id. */
class KnownScenarios {
  private readonly byCode = new Map<string, Known>();
  private readonly byWords = new Map<string, Known>();
  private readonly byId = new Map<string, Known>();
  private readonly ids = new Set<string>();

  constructor(scenarios: readonly Scenario[]) {
    for (const scenario of scenarios) {
      this.add(scenario);
      this.byId.set(scenario.id, scenario);
    }
  }

  add(scenario: Known): void {
    this.ids.add(scenario.id);
    for (const code of scenario.codes ?? []) if (!this.byCode.has(code)) this.byCode.set(code, scenario);
    if (scenario.codes?.length) return;
    for (const words of [scenario.title, ...(scenario.symptoms ?? [])]) this.byWords.set(titleKey(words), scenario);
  }

  /** The scenario of the same failure. Ids of this import do not count: two titles may give the same id. */
  sameAs({ draft }: ToldFailure): Known | undefined {
    const byCode = (draft.codes ?? []).map((code) => this.byCode.get(code)).find((scenario) => scenario !== undefined);
    if (byCode || draft.codes?.length) return byCode ?? this.byId.get(proposeId(draft.codes![0]!, new Set()));
    const words = [draft.title, ...(draft.symptoms ?? [])].map((text) => this.byWords.get(titleKey(text)));
    return words.find((scenario) => scenario !== undefined) ?? this.byId.get(proposeId(draft.title, new Set()));
  }

  newId({ draft }: ToldFailure): string {
    return proposeId(draft.codes?.[0] ?? draft.title, this.ids);
  }
}

/** Adds the drafts without errors, and tells the others as skipped. */
function withoutErrors(
  { name, files }: ImportTarget,
  text: string,
  drafts: readonly ScenarioDraft[],
  entries: readonly ImportedEntry[],
): RegistryWithImports {
  const added = addScenarios(text, drafts);
  const mine = new Set(drafts.map(({ id }) => id));
  const changed = files.map((file) => (file.path === name ? { path: name, text: added } : file));
  const { registry, mistakes } = parseRegistry(changed);
  const all = [...mistakes, ...(registry ? lintRegistry(registry, '0000-00-00') : [])];
  const errors = new Map<string, string>();
  for (const { severity, scenario, message } of all) {
    if (severity === 'error' && scenario !== null && mine.has(scenario)) errors.set(scenario, message);
  }
  if (errors.size === 0) return { text: added, entries: [...entries] };
  const sound = drafts.filter(({ id }) => !errors.has(id));
  const told = entries.map((entry): ImportedEntry => {
    const message = entry.action === 'added' ? errors.get(entry.id!) : undefined;
    return message === undefined ? entry : { ...entry, action: 'skipped', id: null, why: message };
  });
  return { text: addScenarios(text, sound), entries: told };
}
