import { readdir, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from '../measure/run-process.ts';
import type { Bench, Row } from '../rows.ts';
import { type CpuProfile, type ModuleOf, modulesOfBundle, type Share, sharesOf } from './cpu-profile.ts';

const MOST = 10;

/** Runs the process of a row once, on the first site, under V8's profiler and says where its time went. */
export async function profileRow(row: Row, bench: Bench, seconds: number): Promise<string> {
  if (!row.subject) throw new Error(`${row.name} is no process of its own to profile`);
  const subject = await row.subject(bench, (await bench.sites())[0]!);
  subject.check(await runProcess(subject.prepare, seconds));
  const folder = await bench.folder();
  const command = subject.command(0);
  await runProcess({ ...command, args: ['--cpu-prof', '--cpu-prof-dir', folder, ...command.args] }, seconds);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
  const texts = await Promise.all(files.map((name) => readFile(`${folder}/${name}`, 'utf8')));
  const profiles = texts.map((text) => JSON.parse(text) as CpuProfile);
  const { functions, modules } = sharesOf(profiles, await moduleFinder(profiles));
  return [
    `${subject.name}\n`,
    `Self time by function:\n${table(functions)}\n`,
    `By package, or file of ours:\n${table(modules)}`,
  ].join('\n');
}

const table = (shares: readonly Share[]): string =>
  shares
    .slice(0, MOST)
    .map(({ name, milliseconds, part }) => {
      return `${(part * 100).toFixed(1).padStart(5)} %  ${milliseconds.toFixed(0).padStart(6)} ms  ${name}`;
    })
    .join('\n');

async function moduleFinder(profiles: readonly CpuProfile[]): Promise<ModuleOf> {
  const urls = new Set(profiles.flatMap(({ nodes }) => nodes.map(({ callFrame }) => callFrame.url)));
  const bundles = new Map<string, (line: number) => string | null>();
  for (const url of urls) {
    if (/\/dist\/[^/]+\.js$/.test(url)) bundles.set(url, modulesOfBundle(await readFile(fileURLToPath(url), 'utf8')));
  }
  return (url, line) => bundles.get(url)?.(line) ?? nameOf(url);
}

const nameOf = (url: string): string =>
  url.startsWith('file:') ? relative(process.cwd(), fileURLToPath(url)).split('?')[0]! : url;
