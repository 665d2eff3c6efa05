/**
 * `sarif-2.1.0.schema.json` is OASIS' schema of SARIF 2.1.0 (rtm.5) as the npm package `@microsoft/jest-sarif` 1.0.0-beta.0
 * (MIT) ships it, unchanged. It is written in JSON Schema draft 4, of which ajv knows all that it uses but `id`.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, renderSarif } from '../../src/report/sarif.ts';
import { FINDING_KINDS } from '../../src/review/findings/finding.ts';
import { audit, finding, fullReview, mistake, review } from './build-review.ts';

const {
  id: _,
  $schema: __,
  ...schema
} = JSON.parse(readFileSync(new URL('sarif-2.1.0.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

function logOf(text: string) {
  const log = JSON.parse(text);
  validate(log);
  expect(validate.errors).toBeNull();
  return log.runs[0];
}

describe('renderSarif', () => {
  it('writes a review, an audit and mistakes as valid logs', () => {
    expect(logOf(renderSarif(fullReview(), '1.2.3')).results).toHaveLength(3);
    expect(logOf(renderSarif(audit(), '1.2.3')).results).toEqual([]);
    expect(logOf(renderSarif([mistake()], '1.2.3')).results).toMatchObject([
      { ruleId: 'registry-invalid', level: 'error' },
    ]);
  });

  it('has a rule with help for every kind of finding', () => {
    const { driver } = logOf(renderSarif(review(), '1.2.3')).tool;
    expect(driver).toMatchObject({ name: 'Signpost', version: '1.2.3' });
    expect(driver.rules.map(({ id }: { id: string }) => id)).toEqual(Object.keys(FINDING_KINDS));
    expect(driver.rules[0]).toMatchInlineSnapshot(`
      {
        "defaultConfiguration": {
          "level": "error",
        },
        "help": {
          "markdown": "Add a section that names the failure, says why it happens and links to the fix. [More](https://github.com/signpost-docs/signpost/blob/main/docs/findings.md#missing-scenario)",
          "text": "Add a section that names the failure, says why it happens and links to the fix. https://github.com/signpost-docs/signpost/blob/main/docs/findings.md#missing-scenario",
        },
        "helpUri": "https://github.com/signpost-docs/signpost/blob/main/docs/findings.md#missing-scenario",
        "id": "missing-scenario",
        "shortDescription": {
          "text": "A known failure is named nowhere in the docs.",
        },
      }
    `);
  });

  it('places a result only as well as it is known', () => {
    const findings = [
      finding({ path: 'docs/a b#1%.md', line: 3, endLine: 5, column: 7, severity: 'notice' }),
      finding({ line: 3, endLine: 2 }),
      finding({ line: null }),
      finding({ path: null }),
      finding({ path: '/tmp/registry.yml', endLine: null }),
    ];
    const { results } = logOf(renderSarif(review({ findings }), '1.2.3'));
    expect(results[0].level).toBe('note');
    expect(results.map(({ locations }: { locations?: [] }) => locations)).toMatchInlineSnapshot(`
      [
        [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "docs/a%20b%231%25.md",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "endLine": 5,
                "startColumn": 7,
                "startLine": 3,
              },
            },
          },
        ],
        [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "docs/troubleshooting.mdx",
                "uriBaseId": "%SRCROOT%",
              },
              "region": {
                "startLine": 3,
              },
            },
          },
        ],
        [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "docs/troubleshooting.mdx",
                "uriBaseId": "%SRCROOT%",
              },
            },
          },
        ],
        undefined,
        [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "file:///tmp/registry.yml",
              },
              "region": {
                "startLine": 12,
              },
            },
          },
        ],
      ]
    `);
  });

  it('gives the same finding the same fingerprint, and a second equal one another', () => {
    const prints = logOf(
      renderSarif(review({ findings: [finding(), finding({ line: 99 }), finding({ path: 'b.md' })] }), '1'),
    ).results.map(
      (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints['signpost/v1'],
    );
    expect(prints[0]).toMatch(/^[0-9a-f]{16}:1$/);
    expect(prints[1]).toBe(prints[0].replace(/:1$/, ':2'));
    expect(new Set(prints).size).toBe(3);
  });

  it('says when nothing was judged', () => {
    const { invocations } = logOf(renderSarif(review({ verdict: 'not-judged', reason: 'git failed' }), '1'));
    expect(invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: 'git failed.' } }],
      },
    ]);
  });

  it('makes no link of a finding’s text', () => {
    const { results } = logOf(renderSarif(review({ findings: [finding({ message: '[x](1)', advice: '' })] }), '1'));
    expect(results[0].message.text).toBe('[x] (1).');
  });

  it('is valid whatever the texts', () => {
    const any = fc.string({ unit: 'binary', minLength: 1 });
    fc.assert(
      fc.property(any, any, any, (path, message, scenario) => {
        logOf(renderSarif(review({ findings: [finding({ path, message, scenario })] }), '1'));
      }),
    );
  });
});

it.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('fingerprints %j as FNV-1a does', (text, expected) => {
  expect(fingerprint([text])).toBe(expected);
});
