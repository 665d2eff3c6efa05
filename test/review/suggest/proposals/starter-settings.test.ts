import { describe, expect, test } from 'vitest';
import { discoverDocs } from '../../../../src/docs/site/discover-docs.ts';
import type { DiscoveredPreview } from '../../../../src/docs/site/discover-preview.ts';
import { starterRegistry } from '../../../../src/registry/authoring/starter-registry.ts';
import { parseRegistry } from '../../../../src/registry/parse-registry.ts';
import { starterSettings, type ToldSettings } from '../../../../src/review/suggest/proposals/make-starter.ts';
import { type Contents, repository } from '../../../docs/repository.ts';

const NOTHING: ToldSettings = { roots: [], framework: null, site: null, preview: null, block: null };
const WEIR = "module.exports = { url: 'https://weir.example', baseUrl: '/', presets: [['x', { docs: {} }]] }";

function settings(contents: Contents, told: Partial<ToldSettings> = {}, preview: DiscoveredPreview | null = null) {
  const { tree, blobs } = repository(contents);
  return starterSettings(discoverDocs(tree, blobs, []), preview, { ...NOTHING, ...told });
}

describe('settings of a starter', () => {
  test('say of docs that a config file shows their folder alone, and tell the rest as a comment', () => {
    const found = settings({ 'docusaurus.config.js': WEIR, 'docs/a.md': '' });
    expect(starterRegistry(found, [])).toContain(`
# docusaurus, route /docs, site https://weir.example; read from docusaurus.config.js at every commit.
docs:
  - root: docs
`);
  });

  test('leave plain Markdown to be found, and show how to say more', () => {
    const found = settings({ 'docs/a.md': '' });
    expect(found.docs).toEqual([]);
    expect(starterRegistry(found, [])).toContain('docs: [{ root: docs, framework: starlight }]\ndocs: []\n');
  });

  test('hold what a person said', () => {
    const told = {
      framework: 'nextra',
      site: 'https://a.example',
      preview: 'https://{sha}.a.example',
      block: 'off',
    } as const;
    expect(settings({ 'docs/a.md': '' }, told)).toMatchObject({
      docs: [{ root: 'docs', framework: 'nextra', site: 'https://a.example' }],
      preview: 'https://{sha}.a.example',
      gate: { block: 'off' },
    });
  });

  test.each<[string, DiscoveredPreview | null, string]>([
    [
      'a whole address',
      { host: 'Netlify', foundIn: 'x', url: 'https://{number}.a.example', template: '' },
      '\npreview: https://{number}.a.example\n',
    ],
    [
      'a host',
      { host: 'Vercel', foundIn: 'vercel.json', url: null, template: 'https://TEAM.{branch}' },
      '\n# preview: https://TEAM.{branch}\n',
    ],
    ['nothing', null, '\n# preview: https://deploy-preview-{number}--SITE.netlify.app\n'],
  ])('of previews tell %s', (_, preview, line) => {
    const text = starterRegistry(settings({ 'docs/a.md': '' }, {}, preview), []);
    expect(text).toContain(line);
    expect(parseRegistry([{ path: 'x.yml', text }]).mistakes).toEqual([]);
  });
});
