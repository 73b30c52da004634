import { HtmlValidate } from 'html-validate';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // React writes charSet and hrefLang; HTML does not mind.
    'attr-case': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    // Prose breaks where the browser likes.
    'tel-non-breaking': 'off',
    // A list without bullets is no list to Safari's reader unless it says so.
    'no-redundant-role': 'off',
    'long-title': 'off',
    'require-sri': 'off',
    'no-inline-style': 'error',
  },
});

/** What is wrong with a page's HTML, a line each; empty where it is valid. */
export async function whyNotValid(html: string): Promise<string[]> {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector ?? ''})`),
  );
}
