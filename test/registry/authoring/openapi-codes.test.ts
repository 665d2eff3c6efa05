import { describe, expect, test } from 'vitest';
import { NotOpenapi, openapiCodes } from '../../../src/registry/authoring/openapi-codes.ts';

describe('OpenAPI', () => {
  const codesOf = (text: string) =>
    openapiCodes({ path: 'api', text }).map(({ code, title, line }) => [line, code, title]);

  test('reads JSON and follows references under error responses alone', () => {
    const api = {
      openapi: '3.0.0',
      paths: {
        '/a': {
          get: {
            responses: {
              200: { description: 'x', content: { j: { schema: { $ref: '#/components/schemas/A~1B' } } } },
              404: {
                description: 'No such card is known.',
                content: { j: { schema: { $ref: '#/components/schemas/C' } } },
              },
              500: { $ref: 'other.yaml#/x' },
            },
          },
        },
      },
      components: {
        schemas: {
          'A/B': { properties: { type: { enum: ['card_a'] }, next: { $ref: '#/components/schemas/A~1B' } } },
          C: { allOf: [{ properties: { type: { const: 'no_such_card' } } }, { $ref: '#/components/schemas/C' }] },
        },
      },
    };
    expect(codesOf(JSON.stringify(api, null, 1))).toEqual([
      [expect.any(Number), 'no_such_card', 'No such card is known'],
    ]);
  });

  test('reads numbers, numbered codes and what is described one by one', () => {
    const text = [
      'swagger: "2.0"',
      'definitions:',
      '  Any:',
      '    properties:',
      '      errorCode:',
      '        oneOf:',
      '          - { const: E-17, description: The disk is full. It was full before. }',
      '          - { const: E-18 }',
      '      error_code: { enum: [4012, 404, error, null] }',
      'x-errors:',
      '  - { code: seat_limit, message: No seat is free }',
      '  - plan_limit',
    ];
    expect(codesOf(text.join('\n'))).toEqual([
      [7, 'E-17', 'The disk is full'],
      [8, 'E-18', null],
      [9, '4012', null],
      [11, 'seat_limit', 'No seat is free'],
      [12, 'plan_limit', null],
    ]);
  });

  test.each([
    ['title: x\n', 1],
    ['openapi: [\n', 2],
    ['- openapi\n', 1],
    ['', 1],
  ])('%j is none, by its line', (text, line) => {
    try {
      openapiCodes({ path: 'api', text });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(NotOpenapi);
      expect((error as NotOpenapi).line).toBe(line);
    }
  });

  test('what refers to itself, or is nested without end, ends', () => {
    const loop =
      '{"openapi":"3","components":{"schemas":{"Error":{"$ref":"#/components/schemas/Error","properties":{"code":{"$ref":"#/components/schemas/Error/properties/code"}}}}}}';
    expect(codesOf(loop)).toEqual([]);
    expect(codesOf(`{"openapi":"3","x":${'['.repeat(5000)}${']'.repeat(5000)}}`)).toEqual([]);
  });
});
