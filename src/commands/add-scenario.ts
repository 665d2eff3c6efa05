import { addScenarios } from '../registry/authoring/add-scenarios.ts';
import { proposeId } from '../registry/authoring/propose-id.ts';
import type { ScenarioDraft } from '../registry/scenario-draft.ts';
import { penFor } from '../report/terminal/terminal-pen.ts';
import { diffLines } from '../report/terminal/terminal-registry.ts';
import type { RegistryAdditions } from '../review/suggest/registry-additions.ts';
import { askScenario } from './ask-scenario.ts';
import { judgeChange } from './change-registry.ts';
import type { Occasion } from './command.ts';
import { Cancelled, type Prompts } from './prompts.ts';
import type { AddValues } from './registry-add.ts';
import { type RegistryTarget, registryTarget, writeTarget } from './registry-target.ts';
import { UsageFailure } from './usage-failure.ts';

/**
 * Adds one scenario, asked for at a terminal or given by flags, and says what the docs have on it.
 * @throws {UsageFailure} if flags lack something, or the person does not want it after all
 */
export async function addScenario(values: AddValues, occasion: Occasion): Promise<RegistryAdditions> {
  const target = await registryTarget(values, occasion);
  const taken = new Set(target.parsed.registry?.scenarios.map(({ id }) => id));
  const prompts = values.title === undefined ? occasion.prompts : null;
  const draft = prompts ? await asked(prompts, target, values, taken) : fromFlags(values, taken);
  const after = addScenarios(target.text, [draft]);
  const entry = { action: 'added' as const, id: draft.id, title: draft.title, source: '', why: '', coverage: null };
  const change = await judgeChange(target, after, [entry], values, occasion);
  if (change.unwritten !== null) return change;
  if (prompts) await agree(prompts, change, occasion);
  await writeTarget(target, after);
  return change;
}

async function asked(
  prompts: Prompts,
  { name, parsed }: RegistryTarget,
  values: AddValues,
  taken: ReadonlySet<string>,
): Promise<ScenarioDraft> {
  await prompts.begin(`A new scenario in ${name}`);
  const { settings } = parsed.registry!;
  return askScenario({ prompts, given: given(values), taken, settings });
}

async function agree(prompts: Prompts, change: RegistryAdditions, occasion: Occasion): Promise<void> {
  occasion.progress.clear();
  await prompts.show(diffLines(change, penFor({ color: false, width: occasion.width })), change.path);
  if (!(await prompts.confirm({ message: `Write it into ${change.path}?`, initial: true }))) throw new Cancelled();
}

function fromFlags(values: AddValues, taken: ReadonlySet<string>): ScenarioDraft {
  const { title, ...rest } = given(values);
  if (title === undefined || title.trim() === '') throw lacking('--title');
  if (!rest.codes && !rest.symptoms) throw lacking('a --code or a --symptom');
  if (rest.id !== undefined && taken.has(rest.id)) {
    throw new UsageFailure(`The id ${rest.id} is taken.`, `Leave --id out, and it is ${proposeId(title, taken)}.`);
  }
  return { ...rest, title, id: rest.id ?? proposeId(title, taken) };
}

function lacking(what: string): UsageFailure {
  return new UsageFailure(`A scenario needs ${what}.`, 'Give it, or run `signpost registry add` at a terminal.');
}

/** The fields that flags give; absent where they do not. */
function given(values: AddValues): Partial<ScenarioDraft> {
  const { id, title, code, symptom, except, cause, link, never, page, quote, audience, owner, category } = values;
  const lists = {
    codes: code,
    symptoms: symptom,
    except,
    causes: cause,
    links: link,
    never,
    pages: page,
    quotes: quote,
  };
  const fields = { id, title, ...lists, audience, owner, category, impact: impactOf(values) };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function impactOf({ customers, environment, recurring }: AddValues): ScenarioDraft['impact'] {
  if (customers !== undefined && !/^\d{1,9}$/.test(customers)) {
    throw new UsageFailure(`--customers takes a number, found "${customers}".`, 'Write it in digits.');
  }
  if (customers === undefined && environment === undefined && !recurring) return undefined;
  return {
    ...(customers !== undefined && { customers: Number(customers) }),
    ...(environment !== undefined && { environment }),
    ...(recurring && { recurring }),
  };
}
