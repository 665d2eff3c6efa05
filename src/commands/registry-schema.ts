import type { Command } from './command.ts';

export const REGISTRY_SCHEMA: Command = {
  name: 'registry schema',
  summary: 'print the JSON Schema of registry files',
  description: 'Prints the JSON Schema by which editors complete and check registry files.',
  options: [],
  formats: ['json', 'terminal'],
  examples: [
    ['registry schema --output signpost.schema.json', 'for an editor that reads a file of the repository'],
    ['registry schema | jq .properties', 'what a registry may hold'],
  ],
  async run() {
    const { registrySchema } = await import('../registry/json-schema.ts');
    return { text: `${JSON.stringify(registrySchema(), null, 2)}\n`, exitCode: 0 };
  },
};
