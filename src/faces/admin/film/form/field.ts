/** Keys and positions from the top of a document: `['press', 2, 'quote']`. */
export type Path = readonly (string | number)[];

/** What a form sends and shows, by the field's name: `quote.es` → `Un film rotundo`. */
export type Values = Readonly<Record<string, string>>;

export type Choice = { readonly value: string; readonly label: string };

export type FileKind = 'picture' | 'video' | 'captions' | 'download';

/** How much is written: a few words, a sentence or two, a paragraph, or a text in Markdown. */
export type TextSize = 'line' | 'sentence' | 'paragraph' | 'markdown';

/** How a part of the document is typed. One word a kind; each has one way to show, to read and to render. */
export type Kind =
  /** Words in every language of the site. */
  | { readonly is: 'text'; readonly size: TextSize }
  /** One line that is the same in every language. */
  | {
      readonly is: 'line';
      readonly input?: 'text' | 'url' | 'email';
      readonly suggestions?: readonly string[];
      /** Spelt by us where people spell it in several ways: `EN` is en, `pt-br` is pt-BR. */
      readonly letters?: 'lower' | 'language';
    }
  | { readonly is: 'number'; readonly min: number; readonly max: number }
  | { readonly is: 'loose-date' }
  | { readonly is: 'choice'; readonly choices: readonly Choice[]; readonly none?: string }
  | { readonly is: 'tick' }
  /** Codes with commas between: `en, es`. */
  | { readonly is: 'codes'; readonly of: 'language' | 'country' }
  | { readonly is: 'colour' }
  /** A file of the film; `orLink` lets a link stand in its place. */
  | { readonly is: 'file'; readonly accepts: FileKind; readonly orLink?: boolean }
  /** The point of a picture that a crop keeps; `of` is the key of the picture beside it. */
  | { readonly is: 'focus'; readonly of: string }
  /** Short rows on the same page: a list of values, or a map whose rows are a key and a value. */
  | {
      readonly is: 'rows';
      readonly shape: 'list' | 'map';
      readonly fields: readonly Field[];
      readonly row: string;
    };

/** One thing that a team can type, described once: it is rendered, read and explained from this. */
export type Field = {
  /** Below the item that the page is about; empty for a row that is its own value. */
  readonly path: readonly string[];
  readonly label: string;
  readonly hint?: string;
  readonly isRequired?: boolean;
  readonly kind: Kind;
};

/** The name that a field has in a form: its path with dots, below a prefix where it stands in a row. */
export function keyOf(prefix: string, path: readonly (string | number)[]): string {
  return [prefix, ...path].filter((part) => part !== '').join('.');
}

type Extra = { readonly hint?: string; readonly isRequired?: boolean };
const pathOf = (path: string): string[] => (path === '' ? [] : path.split('.'));
const field = (path: string, label: string, kind: Kind, extra: Extra = {}): Field => ({
  path: pathOf(path),
  label,
  kind,
  ...extra,
});

export const words = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'text', size: 'line' }, extra);
export const sentence = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'text', size: 'sentence' }, extra);
export const paragraph = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'text', size: 'paragraph' }, extra);
export const markdown = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'text', size: 'markdown' }, extra);
export const line = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'line' }, extra);
export const lowerLine = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'line', letters: 'lower' }, extra);
export const languageLine = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'line', letters: 'language' }, extra);
export const link = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'line', input: 'url' }, extra);
export const suggested = (
  path: string,
  label: string,
  suggestions: readonly string[],
  extra?: Extra,
): Field => field(path, label, { is: 'line', suggestions }, extra);
export const number = (path: string, label: string, min: number, max: number, extra?: Extra): Field =>
  field(path, label, { is: 'number', min, max }, extra);
export const looseDate = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'loose-date' }, extra);
export const choice = (path: string, label: string, choices: readonly Choice[], extra?: Extra): Field =>
  field(path, label, { is: 'choice', choices }, extra);
export const tick = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'tick' }, extra);
export const codes = (path: string, label: string, of: 'language' | 'country', extra?: Extra): Field =>
  field(path, label, { is: 'codes', of }, extra);
export const colour = (path: string, label: string, extra?: Extra): Field =>
  field(path, label, { is: 'colour' }, { isRequired: true, ...extra });
export const file = (path: string, label: string, accepts: FileKind, extra?: Extra): Field =>
  field(path, label, { is: 'file', accepts }, extra);
export const fileOrLink = (path: string, label: string, accepts: FileKind, extra?: Extra): Field =>
  field(path, label, { is: 'file', accepts, orLink: true }, extra);
export const focus = (path: string, label: string, of: string, extra?: Extra): Field =>
  field(path, label, { is: 'focus', of }, extra);
export const rows = (
  path: string,
  label: string,
  row: string,
  fields: readonly Field[],
  extra?: Extra & { readonly shape?: 'list' | 'map' },
): Field => {
  const { shape = 'list', ...rest } = extra ?? {};
  return field(path, label, { is: 'rows', shape, fields, row }, rest);
};
