import { expect, it } from 'vitest';
import { formatsOf, type Occasion, render, type Subjects } from '../../src/report/formats.ts';
import { audit, coverage, mistake, replay, review } from './build-review.ts';

const occasion: Occasion = {
  milliseconds: { read: 0, parse: 0, judge: 0, total: 0 },
  version: '1.2.3',
  color: false,
  width: 80,
  comment: {},
};

const subjects: Subjects = {
  review: review(),
  audit: audit(),
  explain: { coverage: coverage(), nearMisses: [] },
  replay: replay(),
  'registry check': [mistake()],
};

const commands = Object.keys(subjects) as (keyof Subjects)[];

it.each(commands.flatMap((command) => formatsOf(command).map((format) => [command, format] as const)))(
  '%s has format %s',
  (command, format) => {
    const text = render(command, format, subjects[command], occasion);
    expect(text).toEqual(expect.any(String));
    if (format === 'json' || format === 'sarif') expect(JSON.parse(text as string)).toHaveProperty('version');
  },
);

it('starts every command’s formats with the terminal', () => {
  expect(commands.map((command) => formatsOf(command)[0])).toEqual(commands.map(() => 'terminal'));
});

it.each(['toString', '__proto__', 'html5', ''])('has no format %j', (format) => {
  expect(render('review', format, review(), occasion)).toBeNull();
});
