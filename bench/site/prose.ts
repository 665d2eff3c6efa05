import type { PageNames } from './page-names.ts';
import { capital } from './plan-scenarios.ts';
import type { Random } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What texts are made from. */
export interface Writer {
  random: Random;
  vocabulary: Vocabulary;
  names: PageNames;
}

const SMALL_WORDS =
  'the the the a of of to to in on for with by as and or that this each your you it its is are from at into when'.split(
    ' ',
  );

/** Running text of about this many sentences. */
export function paragraph(writer: Writer, sentences = 2 + writer.random.below(4)): string {
  let text = sentence(writer);
  for (let i = 1; i < sentences; i++) text += ` ${sentence(writer)}`;
  return text;
}

export function sentence(writer: Writer): string {
  const { random } = writer;
  const length = 7 + random.below(14);
  let text = capital(writer.vocabulary.any(random));
  for (let i = 1; i < length; i++) {
    text += ' ';
    text += random.chance(0.42) ? random.pick(SMALL_WORDS) : word(writer);
  }
  return `${text}.`;
}

/** A few words, as in a heading or a table's cell. */
export function words({ random, vocabulary }: Writer, count = 2 + random.below(3)): string {
  let text = vocabulary.any(random);
  for (let i = 1; i < count; i++) text += ` ${vocabulary.any(random)}`;
  return text;
}

function word(writer: Writer): string {
  const { random, vocabulary, names } = writer;
  const plain = vocabulary.any(random);
  const at = random.next();
  if (at < 0.92) return plain;
  if (at < 0.95) return `\`${plain}_${vocabulary.any(random)}\``;
  if (at < 0.98) return `**${plain}**`;
  return `[${plain} ${vocabulary.any(random)}](${names.route(random.below(names.count))})`;
}
