import type { Field } from '../form/field.ts';

/** Says a text of the film in the site's first language. */
export type Say = (value: unknown) => string;

/** Things of one kind, in an order that the team gives them. Each is a page of its own below its list. */
export type List = {
  /** In the address: `/film/act/figures/2`. Empty where a part is nothing but this list: `/film/press/2`. */
  readonly slug: string;
  readonly path: readonly string[];
  /** A map is a list whose things have names that stay: the film's forms. */
  readonly shape: 'list' | 'map';
  readonly one: string;
  readonly many: string;
  readonly titleOf: (item: unknown, say: Say, key: string) => string;
  /** A second, quiet line of a row. */
  readonly aboutOf?: (item: unknown, say: Say) => string;
  /** Where a row's picture stands in it. */
  readonly picturePath?: readonly string[];
  readonly fields: readonly Field[];
  readonly lists?: readonly List[];
  /** What to do first, while there is none. */
  readonly whenEmpty: string;
  /** Asked for when a thing of a map is made, never again. */
  readonly keyField?: Field;
  /** Asked for besides its own fields when a thing is made, where its rules want more to start with. */
  readonly firstFields?: readonly Field[];
};

/** A page of the editor: a part of the film document, in people's words. */
export type Part = {
  readonly slug: string;
  readonly group: 'The film' | 'Pictures' | 'Campaign' | 'Site';
  readonly title: string;
  readonly about: string;
  readonly root: readonly string[];
  /** The page of the site that shows it, and where on that page. */
  readonly shownAt: string;
  readonly fields: readonly Field[];
  readonly lists: readonly List[];
  /** Shown beside the fields: how the theme looks. */
  readonly sample?: 'theme';
  /** A whole that may be taken away at once, named as the button names it. */
  readonly removable?: string;
};
