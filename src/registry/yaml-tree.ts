/** A YAML value with its offsets (UTF-16 units) in the text that was parsed. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  kind: 'scalar';
  value: string | number | boolean | null;
  start: number;
  end: number;
}

export interface YamlList {
  kind: 'list';
  items: YamlNode[];
  start: number;
  end: number;
}

export interface YamlMap {
  kind: 'map';
  pairs: YamlPair[];
  start: number;
  end: number;
}

export interface YamlPair {
  /** Null where the key is not text: `1: x`, `[a]: x`. */
  key: string | null;
  start: number;
  end: number;
  value: YamlNode;
}

export interface YamlProblem {
  message: string;
  advice: string;
  start: number;
  end: number;
}

export interface YamlTree {
  /** Null for an empty document. After a syntax error only what stands wholly before it. */
  root: YamlNode | null;
  problems: YamlProblem[];
  /** Whether the text is YAML at all. */
  readable: boolean;
}
