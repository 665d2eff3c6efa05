/** What V8 writes with `--cpu-prof` (Chrome DevTools Protocol, `Profiler.Profile`); times in microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

/** A share of a profile's time. */
export interface Share {
  name: string;
  milliseconds: number;
  /** From 0 to 1. */
  part: number;
}

/** Finds the module that a line of a file comes from, for files that are bundles. Lines count from 0. */
export type ModuleOf = (url: string, line: number) => string;

/** V8's own entries; what is idle is no work. */
const IDLE = '(idle)';

/** Self time, by function and by module, the most first. */
export function sharesOf(
  profiles: readonly CpuProfile[],
  moduleOf: ModuleOf,
): { functions: Share[]; modules: Share[] } {
  const functions = new Map<string, number>();
  const modules = new Map<string, number>();
  let total = 0;
  for (const { nodes, samples, timeDeltas } of profiles) {
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    for (const [i, id] of samples.entries()) {
      const { functionName, url, lineNumber } = frames.get(id)!;
      const time = timeDeltas[i] ?? 0;
      if (functionName === IDLE || time <= 0) continue;
      const module = url === '' ? 'V8' : moduleOf(url, lineNumber);
      const name = `${functionName || '(anonymous)'}  ${module}${functionName === '' ? `:${lineNumber + 1}` : ''}`;
      functions.set(name, (functions.get(name) ?? 0) + time);
      modules.set(groupOf(module), (modules.get(groupOf(module)) ?? 0) + time);
      total += time;
    }
  }
  return { functions: ranked(functions, total), modules: ranked(modules, total) };
}

function ranked(times: ReadonlyMap<string, number>, total: number): Share[] {
  const shares = [...times].map(([name, time]) => ({ name, milliseconds: time / 1000, part: time / total }));
  return shares.sort((a, b) => b.milliseconds - a.milliseconds);
}

/** The package of a library's module; a module of ours by itself. */
function groupOf(module: string): string {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)(?!.*node_modules\/)/.exec(module)?.[1] ?? module;
}

const ORIGIN = /^\s*\/\/ ((?:\.\.\/)*(?:node_modules|src)\/\S+)$/;

/** Modules of a file that esbuild bundled without minifying: it says above each where it comes from. */
export function modulesOfBundle(text: string): (line: number) => string | null {
  const starts = text.split('\n').flatMap((line, at) => {
    const origin = ORIGIN.exec(line)?.[1];
    return origin === undefined ? [] : [{ at, origin }];
  });
  return (line) => starts.findLast(({ at }) => at <= line)?.origin ?? null;
}
