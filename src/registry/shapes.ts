import type { TextFormat } from './text-formats.ts';

/** What a value may be. The validator and the JSON Schema are both derived from it. */
export type Shape =
  | { type: 'text'; format: TextFormat }
  | { type: 'choice'; of: readonly string[] }
  | { type: 'version' }
  | { type: 'count' }
  | { type: 'flag' }
  | ListShape
  | MapShape
  | { type: 'dictionary'; format: TextFormat };

/** No value at all counts as an empty list, so that all items of a list may be commented out. */
export interface ListShape {
  type: 'list';
  item: Shape;
  /** One item may stand without the list around it. */
  lone?: true;
}

export interface MapShape {
  type: 'map';
  fields: Fields;
  /** At least one of these lists must have an item. */
  oneOf?: readonly [string, string];
  /** The value gets `place` and `places`, which say where it and its fields stand. */
  placed?: true;
}

export interface Field {
  shape: Shape;
  description: string;
  required?: true;
  /** The value of an absent field. Without it: an empty list for lists, else null. */
  default?: unknown;
  example?: unknown;
}

export type Fields = Readonly<Record<string, Field>>;

/** The TypeScript type of a value of a shape, once defaults are filled in. */
type ValueOf<S> = S extends { type: 'choice'; of: readonly (infer Choice)[] }
  ? Choice
  : S extends { type: 'list'; item: infer Item }
    ? ValueOf<Item>[]
    : S extends { type: 'map'; fields: infer F }
      ? ValuesOf<F>
      : S extends { type: infer Type extends keyof PlainValues }
        ? PlainValues[Type]
        : never;

interface PlainValues {
  text: string;
  version: 1;
  count: number;
  flag: boolean;
  dictionary: Record<string, string>;
}

export type ValuesOf<F> = {
  -readonly [K in keyof F]: F[K] extends { shape: infer S }
    ? F[K] extends { required: true } | { default: unknown } | { shape: { type: 'list' } }
      ? ValueOf<S>
      : ValueOf<S> | null
    : never;
};

/** The type of such a value before defaults are filled in. */
export type Given<V> = V extends (infer Item)[]
  ? Given<Item>[]
  : V extends object
    ? { [K in keyof V]?: Given<V[K]> }
    : V;

/** The value of a field that is absent. */
export function defaultOf({ shape, default: fallback }: Field): unknown {
  return fallback ?? (shape.type === 'list' ? [] : null);
}

/** Puts the default in the place of every field that was not given, at any depth. */
export function withDefaults<F extends Fields>(fields: F, given: Given<ValuesOf<F>>): ValuesOf<F> {
  const values = Object.entries<Field>(fields).map(([name, field]) => {
    const value = (given as Record<string, unknown>)[name] ?? defaultOf(field);
    return [name, value === null ? null : completed(field.shape, value)];
  });
  return Object.fromEntries(values) as ValuesOf<F>;
}

function completed(shape: Shape, value: unknown): unknown {
  if (shape.type === 'map') return withDefaults(shape.fields, value as object);
  if (shape.type === 'list') return (value as unknown[]).map((item) => completed(shape.item, item));
  return value;
}
