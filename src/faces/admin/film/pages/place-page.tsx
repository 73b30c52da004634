import type { ReactElement } from 'react';
import {
  DeskPage,
  type DeskPlace,
  type NoticeWords,
  PostButton,
  Submit,
} from '../../../../ui/admin/index.ts';
import type { Place } from '../place.ts';
import { DraftBar, type DraftState } from './draft-bar.tsx';
import { DraftFrame } from './draft-frame.tsx';
import { type FormView, idOf } from './field-around.tsx';
import { FieldsView } from './field-view.tsx';
import { ListView, type ListViewProps } from './list-view.tsx';
import { Meanwhile, type MeanwhileView } from './meanwhile.tsx';
import { ThemeSample } from './theme-sample.tsx';
import './elements.ts';

export type PlacePageProps = {
  readonly desk: DeskPlace;
  readonly place: Place;
  readonly draft: DraftState;
  /** The revision that the form was made from. */
  readonly from: number;
  readonly form: FormView;
  readonly lists: readonly ListViewProps[];
  readonly notice: NoticeWords | null;
  readonly meanwhile: MeanwhileView | null;
  /** Whether the part stands in the document, so that it can be taken away as a whole. */
  readonly isThere: boolean;
  /** The page of the site that shows what is edited here. */
  readonly shownAt: string;
};

/** One page of the editor: its fields, then its lists; beside them the draft's own page. */
export function PlacePage(props: PlacePageProps): ReactElement {
  const { desk, place, draft, form, lists, notice, shownAt } = props;
  const islands = islandsOf(props);
  return (
    <DeskPage
      desk={desk}
      title={place.title}
      about={place.kind === 'part' ? place.part.about : undefined}
      from={{ href: desk.base + place.from.address, label: place.from.label }}
      notice={notice}
      islands={draft.mayEdit ? islands : []}
      isWide
    >
      <DraftBar base={desk.base} state={draft} shownAt={shownAt} />
      {place.fields.length === 0 ? null : <PlaceForm {...props} />}
      {lists.map((list) => (
        <ListView key={list.address} {...list} />
      ))}
      <RemoveWhole {...props} />
      <DraftFrame base={desk.base} languages={form.languages} shownAt={shownAt} />
    </DeskPage>
  );
}

function islandsOf({ place, lists }: PlacePageProps): string[] {
  const kinds = place.fields.map(({ kind }) => kind);
  const hasFiles = kinds.some(
    (kind) =>
      kind.is === 'file' || (kind.is === 'rows' && kind.fields.some((each) => each.kind.is === 'file')),
  );
  return [
    ...(hasFiles ? ['upload'] : []),
    ...(kinds.some((kind) => kind.is === 'text' && kind.size === 'markdown') ? ['markdown-preview'] : []),
    ...(place.part.sample === 'theme' ? ['contrast'] : []),
    ...(lists.some((list) => list.isOrdered && list.rows.length > 1) ? ['reorder'] : []),
  ];
}

function PlaceForm(props: PlacePageProps): ReactElement {
  const { desk, place, draft, from, form, meanwhile } = props;
  const fields = <FieldsView fields={place.fields} form={form} />;
  const isSeveral = place.kind === 'new' && place.part.slug === 'stills';
  return (
    <picture-upload
      data-sending="Sending: {percent} %"
      data-keeping="Looking at the file and keeping it …"
      data-cancel="Stop sending"
      data-stopped="Stopped. Nothing was kept; what you typed is still here."
      data-failure="The file did not arrive. What you typed is still here: try again."
      data-drop={isSeveral ? 'Or drop files here, several if you like' : 'Or drop a file here'}
      data-several={isSeveral ? 'alt' : undefined}
    >
      <form
        method="post"
        action={`${desk.base}${place.address}?from=${from}`}
        encType="multipart/form-data"
        className="film-form"
        noValidate
      >
        {meanwhile ? <Meanwhile view={meanwhile} /> : null}
        <Errors form={form} />
        <fieldset className="film-fields" disabled={!draft.mayEdit}>
          <legend className="only-read">{place.title}</legend>
          {place.part.sample === 'theme' ? <Themed form={form} desk={desk} fields={fields} /> : fields}
        </fieldset>
        {draft.mayEdit ? (
          <SaveRow {...props} />
        ) : (
          <p className="desk-hint">Your role may read this, not change it.</p>
        )}
      </form>
    </picture-upload>
  );
}

function SaveRow({ desk, place, meanwhile }: PlacePageProps): ReactElement {
  const words = place.kind === 'new' ? `Add this ${place.within?.list.one ?? 'one'}` : 'Save draft';
  const isBoth = meanwhile !== null && !meanwhile.isUnfit;
  return (
    <div className="film-save">
      <Submit name="_do" value="save">
        {isBoth ? 'Save both' : words}
      </Submit>
      {place.part.sample === 'theme' ? (
        <Submit name="_do" value="preview:theme" look="plain">
          Show the sample
        </Submit>
      ) : null}
      <a href={desk.base + (place.kind === 'part' ? place.address : place.from.address)}>
        {place.kind === 'new' ? 'Cancel' : meanwhile ? 'Leave mine, open theirs' : 'Undo what I typed'}
      </a>
    </div>
  );
}

function Themed({
  form,
  desk,
  fields,
}: {
  readonly form: FormView;
  readonly desk: DeskPlace;
  readonly fields: ReactElement;
}): ReactElement {
  const { paper = '', ink = '', accent = '', type = '' } = form.values;
  return (
    <contrast-check data-address={`${desk.base}/film/theme-sample`} className="film-theme">
      <div>{fields}</div>
      <div className="film-theme-sample" data-sample="" aria-live="polite">
        <ThemeSample typed={{ paper, ink, accent, type }} title={desk.film.title} />
      </div>
    </contrast-check>
  );
}

function Errors({ form }: { readonly form: FormView }): ReactElement | null {
  const wrong = Object.entries(form.errors);
  if (wrong.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: it is the answer to what was just sent
    <div className="desk-notice tone-bad" role="alert" tabIndex={-1} autoFocus>
      <div className="desk-notice-words">
        <p>Nothing was saved yet. What you typed is still here.</p>
        <ul>
          {wrong.map(([name, words]) => (
            <li key={name}>{name === '' ? words : <a href={`#${idOf(name)}`}>{words}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** A whole that may be missing, such as the poster, goes by a button of its own; undo brings it back. */
function RemoveWhole({ desk, place, draft, from, isThere }: PlacePageProps): ReactElement | null {
  const isItem = place.kind === 'item' && place.within !== null;
  const noun = isItem ? place.within?.list.one : place.part.removable;
  if (!draft.mayEdit || !isThere || noun === undefined || place.kind === 'new') return null;
  const action = isItem
    ? `${desk.base}${place.within?.address}/removals?from=${from}`
    : `${desk.base}${place.address}/removals?from=${from}`;
  return (
    <div className="film-remove">
      <PostButton action={action} look="link" fields={{ at: isItem ? String(place.path.at(-1)) : 'whole' }}>
        Remove this {noun}
      </PostButton>
    </div>
  );
}
