import { expect, it } from 'vitest';
import { formatsOf, type RenderOptions, render, type Subjects } from '../../src/report/formats.ts';
import { additions, audit, explanation, mistake, review } from './build-review.ts';
import { fullReplay } from './html/build-replay.ts';

const options: RenderOptions = {
  milliseconds: { read: 0, parse: 0, judge: 0, total: 0 },
  version: '1.2.3',
  color: false,
  width: 80,
  today: '2026-06-01',
};

const subjects: Subjects = {
  review: review(),
  audit: audit(),
  explain: explanation(),
  replay: fullReplay(),
  'registry check': [mistake()],
  'registry add': additions(),
  'registry import': additions(),
};

const commands = Object.keys(subjects) as (keyof Subjects)[];

it.each(commands.flatMap((command) => formatsOf(command).map((format) => [command, format] as const)))(
  '%s has format %s',
  async (command, format) => {
    const text = await render(command, format, subjects[command], options);
    expect(text).toEqual(expect.any(String));
    if (format === 'json' || format === 'sarif') expect(JSON.parse(text as string)).toHaveProperty('version');
  },
);

it('starts every command’s formats with the terminal', () => {
  for (const command of commands) expect(formatsOf(command)[0]).toBe('terminal');
});

it.each(['toString', '__proto__', 'html5', ''])('has no format %j', (format) => {
  expect(render('review', format, review(), options)).toBeNull();
});
