import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderGithubCommands } from '../../src/report/github-commands.ts';
import { audit, finding, fullReview, mistake, review } from './build-review.ts';

describe('renderGithubCommands', () => {
  it('writes one line for each finding, those that block first', () => {
    const subject = fullReview();
    subject.findings.reverse();
    expect(renderGithubCommands(subject)).toMatchInlineSnapshot(`
      "::error file=docs/troubleshooting.mdx,line=12,endLine=20,title=Signpost missing-link%3A user-verify-url::“Tokens are blank after connecting” is named without its cause. Link to the fix from the same section.
      ::error file=docs/troubleshooting.mdx,line=12,endLine=20,title=Signpost missing-cause%3A user-verify-url::“Tokens are blank after connecting” is named without its cause. Say in the same section why it happens.
      ::warning file=docs/faq.mdx,line=30,endLine=34,title=Signpost duplicate-section%3A blank-tokens::“Tokens are blank after connecting” is documented twice on this page. Merge the two sections.
      "
    `);
  });

  it('writes mistakes with their column', () => {
    expect(renderGithubCommands([mistake()])).toMatchInlineSnapshot(`
      "::error file=.github/signpost.yml,line=12,endLine=12,col=5,title=Signpost registry-invalid%3A blank-tokens::unknown key \`symptom\`. Did you mean \`symptoms\`?
      "
    `);
  });

  it('writes nothing for nothing', () => {
    expect(renderGithubCommands(audit())).toBe('');
  });

  it('leaves out what is not known', () => {
    const findings = [
      finding({ path: null, scenario: null, advice: '' }),
      finding({ line: null }),
      finding({ endLine: null }),
    ];
    expect(
      renderGithubCommands(review({ findings }))
        .split('\n')
        .map((line) => line.replace(/::“.*/, '')),
    ).toEqual([
      '::error title=Signpost missing-cause',
      '::error file=docs/troubleshooting.mdx,title=Signpost missing-cause%3A blank-tokens',
      '::error file=docs/troubleshooting.mdx,line=12,title=Signpost missing-cause%3A blank-tokens',
      '',
    ]);
  });

  it('escapes as GitHub reads it', () => {
    const findings = [
      finding({
        path: 'a,b:c%\r\nd.md',
        line: null,
        scenario: null,
        message: '100%\n::warning::x ##[error]y',
        advice: '',
      }),
    ];
    expect(renderGithubCommands(review({ findings }))).toBe(
      '::error file=a%2Cb%3Ac%25%0Ad.md,title=Signpost missing-cause::100%25 ::warning::x # #[error]y.\n',
    );
  });

  it('starts no other command, whatever the texts', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n::error::x', '\r::add-mask::x', '::', ',title=x', '##[group]'),
    );
    fc.assert(
      fc.property(any, any, any, any, (path, message, advice, scenario) => {
        const output = renderGithubCommands(review({ findings: [finding({ path, message, advice, scenario })] }));
        expect(output).toMatch(/^::error file=[^,:\r\n]*,line=12,endLine=20,title=[^,:\r\n]*::[^\r\n]*\n$/);
        expect(output.slice(output.indexOf('::', 2))).not.toContain('##[');
      }),
    );
  });
});
