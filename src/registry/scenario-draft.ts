import type { Scenario } from './registry.ts';

/** A scenario that is not in the registry yet: what is known of a failure, in the words of the registry's fields. */
export interface ScenarioDraft {
  id: string;
  title: string;
  codes?: string[];
  symptoms?: string[];
  except?: string[];
  causes?: string[];
  links?: string[];
  never?: string[];
  pages?: string[];
  audience?: string;
  impact?: { customers?: number; environment?: string; recurring?: boolean };
  category?: Scenario['category'];
  quotes?: string[];
  owner?: string;
  /** Field → a comment for the person who reads the file, at the end of the field's line. */
  comments?: { readonly [Field in keyof Omit<ScenarioDraft, 'comments'>]?: string };
}
