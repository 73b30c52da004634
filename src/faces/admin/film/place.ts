import { type FilmDocument, inLanguage, type Text } from '../../../domain/film/index.ts';
import type { Field, Path } from './form/field.ts';
import { at, isRecord } from './form/show-field.ts';
import { type List, type Part, parts, type Say } from './parts/index.ts';

/** A list of a page, and where it stands in the document and in the admin. */
export type ListPlace = { readonly list: List; readonly path: Path; readonly address: string };

/** One page of the editor: what it edits and where that stands. */
export type Place = {
  readonly part: Part;
  readonly kind: 'part' | 'item' | 'new';
  /** Below the desk: `/film/credits/0`. */
  readonly address: string;
  readonly title: string;
  readonly path: Path;
  readonly fields: readonly Field[];
  readonly lists: readonly ListPlace[];
  /** The list that this is, or would be, a thing of. */
  readonly within: ListPlace | null;
  /** The way up. */
  readonly from: { readonly address: string; readonly label: string };
};

export type ListCommand = 'order' | 'moves' | 'removals';
export type Found =
  | { readonly is: 'page'; readonly place: Place }
  | { readonly is: 'command'; readonly command: ListCommand; readonly at: ListPlace; readonly place: Place }
  /** A part that may be missing is taken away as a whole. */
  | { readonly is: 'removal'; readonly place: Place };

const commands: readonly string[] = ['order', 'moves', 'removals'] satisfies ListCommand[];

/** What stands at an address below `/film`, in one state of the document; null where nothing does. */
export function findPlace(document: FilmDocument, address: string): Found | null {
  const [slug = '', ...steps] = address.split('/');
  const part = parts.find((each) => each.slug === slug);
  if (part === undefined) return null;
  return walk(document, partPlace(part), steps, sayOf(document));
}

/** The mark of a row in its page's address; a page may hold several lists. */
export function rowMark({ slug }: List, position: number | string): string {
  return `${slug === '' ? 'item' : slug}-${position}`;
}

/** Says a text of the film in its first language. */
export function sayOf(document: FilmDocument): Say {
  const [first = 'en'] = document.film.site_languages;
  return (value) =>
    typeof value === 'string' || isRecord(value) ? inLanguage(value as Text, first, first) : '';
}

function partPlace(part: Part): Place {
  const address = `/film/${part.slug}`;
  return {
    part,
    kind: 'part',
    address,
    title: part.title,
    path: part.root,
    fields: part.fields,
    lists: listPlaces(part.lists, part.root, address),
    within: null,
    from: { address: '/film', label: 'The film' },
  };
}

function listPlaces(lists: readonly List[], path: Path, address: string): ListPlace[] {
  return lists.map((list) => ({
    list,
    path: [...path, ...list.path],
    address: list.slug === '' ? address : `${address}/${list.slug}`,
  }));
}

function walk(document: FilmDocument, place: Place, steps: readonly string[], say: Say): Found | null {
  const [step, ...rest] = steps;
  if (step === undefined) return { is: 'page', place };
  if (step === 'removals' && rest.length === 0 && place.kind === 'part' && place.part.removable)
    return { is: 'removal', place };
  const named = place.lists.find(({ list }) => list.slug === step);
  const within = named ?? place.lists.find(({ list }) => list.slug === '');
  if (within === undefined) return null;
  const [key, ...below] = named ? rest : steps;
  if (key === undefined) return { is: 'page', place };
  const item = itemPlace(document, place, within, key, say);
  if (item) return walk(document, item, below, say);
  if (below.length > 0) return null;
  if (key === 'new') return { is: 'page', place: newPlace(document, place, within) };
  return isCommand(key) ? { is: 'command', command: key, at: within, place } : null;
}

function isCommand(word: string): word is ListCommand {
  return commands.includes(word);
}

function itemPlace(
  document: FilmDocument,
  up: Place,
  within: ListPlace,
  key: string,
  say: Say,
): Place | null {
  const { list } = within;
  if (list.shape === 'list' && !/^(0|[1-9]\d{0,4})$/.test(key)) return null;
  const step = list.shape === 'list' ? Number(key) : key;
  const path = [...within.path, step];
  const item = at(document, path);
  if (item === undefined) return null;
  const address = `${within.address}/${key}`;
  return {
    part: up.part,
    kind: 'item',
    address,
    title: list.titleOf(item, say, key) || `A ${list.one}`,
    path,
    fields: list.fields,
    lists: listPlaces(list.lists ?? [], path, address),
    within,
    from: { address: up.address, label: up.title },
  };
}

function newPlace(document: FilmDocument, up: Place, within: ListPlace): Place {
  const { list } = within;
  const count = ((at(document, within.path) ?? []) as unknown[]).length ?? 0;
  const { keyField } = list;
  return {
    part: up.part,
    kind: 'new',
    address: `${within.address}/new`,
    title: `Add a ${list.one}`,
    // A map's new thing has no place before its name is known; its fields stand below this stand-in.
    path: [...within.path, list.shape === 'list' ? count : newKey],
    fields: [...(keyField ? [keyField] : []), ...list.fields, ...(list.firstFields ?? [])],
    lists: [],
    within,
    from: { address: up.address, label: up.title },
  };
}

/** Where a new thing of a map stands until its name is typed; no name of ours looks like it. */
export const newKey = '+';
