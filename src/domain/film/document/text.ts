import { z } from 'zod';

/** BCP 47, as far as a film's site needs it: language, optional script, optional region. */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$/, 'a language tag such as en, es or pt-BR');

/** A text in one language, or the same text in several: `{en: …, es: …}`. */
export type Text = string | { readonly [language: string]: string };

// C0 controls except tab and newline: they break XML feeds, CSV and terminals, and no person types them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

const clean = (charactersMax: number) =>
  z
    .string()
    .max(charactersMax, `at most ${charactersMax} characters`)
    .refine((value) => !controls.test(value), 'no control characters')
    .refine((value) => value.isWellFormed(), 'whole characters (this has half of one)');

const text = (charactersMax: number): z.ZodType<Text> =>
  z.union([
    clean(charactersMax).min(1, 'some text'),
    z
      .record(languageTag, clean(charactersMax))
      .refine((byLanguage) => Object.values(byLanguage).some((value) => value !== ''), 'some text'),
  ]);

/** A name, a heading, a label: one line. */
export const lineText = text(300);
/** A paragraph or a few. */
export const paragraphText = text(4_000);
/** Markdown without HTML, up to the length of a long essay. */
export const markdownText = text(60_000);
/** One line that is the same in every language: a person's name, a URL's label. */
export const line = clean(300)
  .min(1, 'some text')
  .refine((value) => !/[\n\r]/.test(value), 'one line');

const lettersDigitsHyphens = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** `a-z 0-9 -`, as it stands in an address. */
export const slug = z.string().max(80).regex(lettersDigitsHyphens, 'a-z, 0-9 and single hyphens');

/** A link that a page may carry: http(s) or mailto, nothing that runs. */
export const link = z
  .string()
  .max(2_000)
  .refine(isSafeLink, 'a link that starts with https://, http:// or mailto:');

function isSafeLink(value: string): boolean {
  if (!/^(https?:\/\/|mailto:)/i.test(value) || /[\s\\]/.test(value)) return false;
  return URL.canParse(value);
}

/** A file of the film's folder: `media/hero.jpg`, `captions/en.vtt`. Never leaves the folder. */
export const filePath = z
  .string()
  .max(200)
  .regex(/^(media|captions)\/[\p{L}\p{N}_][\p{L}\p{N}_. /-]*$/u, 'a path below media/ or captions/')
  .refine((value) => !/(^|\/)\.{0,2}(\/|$)/.test(value), 'a path without . or .. or empty parts');

/** A year, a month or a day: `2024`, `2024-10`, `2024-10-17`. */
export const looseDate = z.union([
  z.number().int().min(1800).max(2200),
  z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, 'a year, 2024-10 or 2024-10-17'),
]);

export const emailAddress = z.email('an e-mail address').max(254);

/**
 * The words of a text in one language. Falls back to the film's default language, then to whichever is
 * written; never to nothing where something is written.
 */
export function inLanguage(value: Text | undefined, language: string, fallback: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return value[language] || value[fallback] || Object.values(value).find((words) => words !== '') || '';
}
