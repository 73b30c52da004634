import type { ReactElement } from 'react';
import {
  Badge,
  DeskPage,
  type DeskPlace,
  DeskTable,
  type NoticeWords,
  Pagination,
  PostButton,
} from '../../../../ui/admin/index.ts';
import { DraftBar, type DraftState } from './draft-bar.tsx';

export type RevisionRow = {
  readonly number: number;
  readonly note: string;
  readonly madeBy: string | null;
  readonly made: string;
  /** When it last went out; null: never. */
  readonly published: string | null;
};

/** Every state that the film was saved in: compare two, look at one, go back to one. */
export function RevisionsPage({
  desk,
  draft,
  rows,
  older,
  notice,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly rows: readonly RevisionRow[];
  readonly older: string | null;
  readonly notice: NoticeWords | null;
}): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title="Revisions"
      about="Every save is kept. Nothing here is ever overwritten."
      from={{ href: `${desk.base}/film`, label: 'The film' }}
      notice={notice}
      isWide
    >
      <DraftBar base={desk.base} state={draft} />
      <form method="get" action={`${desk.base}/film/revisions/compare`} id="compare" className="film-compare">
        <p className="desk-hint">Choose an older and a newer one to see what changed between them.</p>
        <button type="submit" className="button-plain" disabled={rows.length < 2}>
          Compare
        </button>
      </form>
      <RevisionTable desk={desk} draft={draft} rows={rows} />
      <Pagination newer={null} older={older} />
      {draft.mayEdit ? <EndPreviews desk={desk} /> : null}
    </DeskPage>
  );
}

function RevisionTable({
  desk,
  draft,
  rows,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly rows: readonly RevisionRow[];
}): ReactElement {
  const [newest, second] = rows;
  const pick = (name: 'from' | 'to', number: number, isChosen: boolean) => (
    <input
      type="radio"
      form="compare"
      name={name}
      value={number}
      defaultChecked={isChosen}
      aria-label={name === 'from' ? `Older: revision ${number}` : `Newer: revision ${number}`}
    />
  );
  return (
    <DeskTable
      caption="Revisions, the newest first"
      rows={rows}
      keyOf={({ number }) => String(number)}
      empty={null}
      columns={[
        { name: 'Older', cell: ({ number }) => pick('from', number, number === (second ?? newest)?.number) },
        { name: 'Newer', cell: ({ number }) => pick('to', number, number === newest?.number) },
        {
          name: 'Revision',
          kind: 'lead',
          cell: ({ number, note }) => (
            <>
              {number} <span className="film-revision-note">{note}</span>
            </>
          ),
        },
        { name: 'Saved by', cell: ({ madeBy }) => madeBy ?? 'nobody' },
        { name: 'When', kind: 'when', cell: ({ made }) => made },
        {
          name: 'Public',
          cell: ({ number, published }) =>
            number === draft.published ? (
              <Badge tone="good">the public reads this</Badge>
            ) : published === null ? null : (
              <Badge>was out</Badge>
            ),
        },
        {
          name: 'What to do',
          kind: 'actions',
          cell: ({ number }) => <RowActions desk={desk} draft={draft} number={number} />,
        },
      ]}
    />
  );
}

function RowActions({
  desk,
  draft,
  number,
}: {
  readonly desk: DeskPlace;
  readonly draft: DraftState;
  readonly number: number;
}): ReactElement | null {
  const fields = { number: String(number) };
  if (!draft.mayEdit) return null;
  return (
    <div className="button-row">
      <PostButton
        action={`${desk.base}/film/previews`}
        look="link"
        fields={fields}
        label={`Preview link to revision ${number}`}
      >
        Preview link
      </PostButton>
      {number === draft.latest ? null : (
        <PostButton
          action={`${desk.base}/film/rollbacks`}
          look="link"
          fields={fields}
          label={`Go back to revision ${number}`}
        >
          Go back
        </PostButton>
      )}
      {draft.mayPublish && number !== draft.published ? (
        <PostButton
          action={`${desk.base}/film/publications`}
          look="link"
          fields={fields}
          label={`Publish revision ${number}`}
        >
          Publish
        </PostButton>
      ) : null}
    </div>
  );
}

/** There is no undo for this, so it asks. */
function EndPreviews({ desk }: { readonly desk: DeskPlace }): ReactElement {
  return (
    <details className="film-end-previews">
      <summary>End all preview links</summary>
      <p>
        Everybody who was given a link to a draft of this film then finds nothing there. New links can be made
        at any time.
      </p>
      <PostButton action={`${desk.base}/film/previews/end`} look="danger">
        End all preview links
      </PostButton>
    </details>
  );
}
