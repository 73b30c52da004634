import type { NoticeWords } from '../../../ui/admin/index.ts';
import { sayMoment, sayShortDay, sayTime } from '../../../ui/dates.ts';
import type { Desk } from '../desk.ts';
import { type EditorState, thumbnailOf } from './editor-state.ts';
import type { Values } from './form/field.ts';
import { at, isRecord, showFields } from './form/show-field.ts';
import type { Clash } from './merge.ts';
import { missingLanguages } from './missing-languages.ts';
import type { FormView } from './pages/field-around.tsx';
import type { ListViewProps, Row } from './pages/list-view.tsx';
import type { MeanwhileView } from './pages/meanwhile.tsx';
import type { PlacePageProps } from './pages/place-page.tsx';
import { languageName } from './pages/text-inputs.tsx';
import { type ListPlace, type Place, rowMark, sayOf } from './place.ts';
import { shownAt } from './shown-at.ts';
import { sayValue, wordsOfChanges, wordsOfPath } from './words-of-changes.ts';

export type Typed = { readonly values: Values; readonly errors: Values; readonly previewed?: string | null };

/** Everything that a page of the editor shows, from the film's state and from what was typed. */
export function placeView(
  desk: Desk,
  place: Place,
  state: EditorState,
  {
    typed = null,
    notice = null,
    meanwhile = null,
  }: {
    readonly typed?: Typed | null;
    readonly notice?: NoticeWords | null;
    readonly meanwhile?: MeanwhileView | null;
  } = {},
): PlacePageProps {
  const { document } = state.shown;
  const languages = document.film.site_languages;
  const value = place.kind === 'new' ? undefined : at(document, place.path);
  const form: FormView = {
    values: typed?.values ?? showFields(place.fields, value, languages),
    errors: typed?.errors ?? {},
    languages,
    thumbnail: (path) => thumbnailOf(desk, state.files.get(path)),
    previewed: typed?.previewed ?? null,
    previewAddress: `${desk.base}/film/text-preview`,
  };
  return {
    desk,
    place,
    draft: state.draft,
    from: state.shown.number,
    form,
    lists: place.lists.map((list) => listView(desk, list, place, state)),
    notice,
    meanwhile,
    isThere: value !== undefined,
    shownAt: shownAt(state.latest.document, place),
  };
}

function listView(
  desk: Desk,
  { list, path, address }: ListPlace,
  place: Place,
  state: EditorState,
): ListViewProps {
  const { document, number } = state.shown;
  const say = sayOf(document);
  const languages = document.film.site_languages;
  const rows = entriesOf(at(document, path)).map(([key, item]): Row => {
    const missing = missingLanguages(list.fields, list.lists ?? [], item, languages);
    const picture = list.picturePath && at(item, list.picturePath);
    return {
      key,
      mark: rowMark(list, key),
      title: list.titleOf(item, say, key) || `A ${list.one} without a name`,
      about: list.aboutOf?.(item, say) ?? '',
      thumbnail: typeof picture === 'string' ? thumbnailOf(desk, state.files.get(picture)) : null,
      missing: [...missing.keys()].map(languageName),
    };
  });
  const title = `${list.many.charAt(0).toUpperCase()}${list.many.slice(1)}`;
  return {
    title,
    address: desk.base + address,
    one: list.one,
    many: list.many,
    rows,
    whenEmpty: list.whenEmpty,
    from: number,
    isOrdered: list.shape === 'list',
    mayEdit: state.draft.mayEdit,
    isHeadless: place.fields.length === 0 && place.lists.length === 1,
  };
}

/** A list's things with their positions, a map's with their names. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isRecord(value) ? Object.entries(value) : [];
}

/** What somebody else saved while a form was open, for the page that asks how to go on. */
export function meanwhileView(
  state: EditorState,
  clashes: readonly Clash[],
  isUnfit: boolean,
): MeanwhileView {
  const { latest, shown } = state;
  const languages = latest.document.film.site_languages;
  return {
    who: latest.madeBy ?? 'Somebody',
    number: latest.number,
    changes: wordsOfChanges(shown.document, latest.document),
    isUnfit,
    clashes: clashes.map(({ path, mine, theirs }) => {
      const { part, label } = wordsOfPath(path, shown.document, latest.document);
      return {
        name: path.join('.'),
        label: `${part}: ${label}`,
        mine: sayValue(mine, languages),
        theirs: sayValue(theirs, languages),
      };
    }),
  };
}

/** A moment in the film's own time zone, as the team would say it. */
export function momentIn(
  state: Pick<EditorState, 'latest'>,
  moment: Parameters<typeof sayMoment>[0],
): string {
  return sayMoment(moment, state.latest.document.film.timezone, 'en');
}

/** The same, as a list would say it. */
export function shortMomentIn(
  { latest }: Pick<EditorState, 'latest'>,
  moment: Parameters<typeof sayMoment>[0],
): string {
  const { timezone } = latest.document.film;
  return `${sayShortDay(moment, timezone, 'en')}, ${sayTime(moment, timezone, 'en')}`;
}
