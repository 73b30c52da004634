import type { ReactElement } from 'react';
import {
  allColumns,
  type CsvProblem,
  type ImportPreview,
  type ImportRow,
  listingsMax,
  plainText,
} from '../../../domain/screenings/index.ts';
import {
  Badge,
  ButtonRow,
  DeskNotice,
  DeskPage,
  DeskTable,
  LinkButton,
  PostButton,
  Submit,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

/** Choosing a file; after a look at it, what is wrong with it, all at once. */
export function ImportPage({
  desk,
  languages,
  problem,
  problems,
}: {
  readonly desk: Desk;
  readonly languages: readonly string[];
  readonly problem: string | null;
  readonly problems: readonly CsvProblem[];
}): ReactElement {
  const at = `${desk.base}/screenings`;
  return (
    <DeskPage desk={desk} title="Import screenings" from={{ href: at, label: 'Screenings' }}>
      {problem === null ? null : <DeskNotice tone="bad" words={problem} />}
      {problems.length === 0 ? null : <Problems problems={problems} />}
      <form method="post" action={`${at}/import`} encType="multipart/form-data" className="desk-form">
        <div className="desk-field">
          <label htmlFor="f-file">CSV file</label>
          <p className="desk-hint" id="f-file-hint">
            Up to {listingsMax.toLocaleString('en')} rows. You see what every row would do before anything
            changes.
          </p>
          <input
            id="f-file"
            type="file"
            name="file"
            accept=".csv,text/csv"
            required
            aria-describedby="f-file-hint"
          />
        </div>
        <ButtonRow>
          <Submit>Look at the rows</Submit>
        </ButtonRow>
      </form>
      <Columns at={at} languages={languages} />
    </DeskPage>
  );
}

function Problems({ problems }: { readonly problems: readonly CsvProblem[] }): ReactElement {
  return (
    <>
      <DeskNotice tone="bad" words="Nothing was imported. Put these right and choose the file again." />
      <DeskTable
        caption="What is wrong with the file"
        columns={[
          { name: 'Line', kind: 'figure', cell: ({ line }) => line },
          { name: 'Column', cell: ({ column }) => column },
          { name: 'Expected', cell: ({ expected }) => expected },
        ]}
        rows={problems}
        keyOf={({ line, column, expected }) => `${line} ${column} ${expected}`}
        empty={null}
      />
    </>
  );
}

function Columns({
  at,
  languages,
}: {
  readonly at: string;
  readonly languages: readonly string[];
}): ReactElement {
  return (
    <details>
      <summary>Which columns there are</summary>
      <p>
        slug, kind, state, starts_at, venue and timezone must be there, and city for everything that is not
        virtual. A row whose slug is known changes that screening; others are added. In with and guests, a
        semicolon parts the entries, and | parts a guest from the words about them.
      </p>
      <p>
        <code>{allColumns(languages).join(', ')}</code>
      </p>
      <p>
        <a href={`${at}/export.csv`}>Export what is here</a> to start from a file that fits.
      </p>
    </details>
  );
}

// A page that a person still reads; the numbers above it count all rows.
const rowsShown = 500;

/** What every row of a checked file would do; applying it is one button, all or nothing. */
export function PreviewPage({
  desk,
  preview,
}: {
  readonly desk: Desk;
  readonly preview: ImportPreview;
}): ReactElement {
  const at = `${desk.base}/screenings`;
  const { rows, fileName, id } = preview;
  const count = (effect: ImportRow['effect']): number => rows.filter((row) => row.effect === effect).length;
  return (
    <DeskPage
      desk={desk}
      title="Import screenings"
      from={{ href: `${at}/import`, label: 'Choose another file' }}
      about={
        <p>
          {fileName}: {count('adds')} to add, {count('changes')} to change, {count('changes nothing')} as they
          are. Nothing has changed yet.
        </p>
      }
      actions={
        <>
          <PostButton action={`${at}/import/${id}`} look="main">
            Import all {rows.length} rows
          </PostButton>
          <LinkButton href={at}>Leave it</LinkButton>
        </>
      }
      isWide
    >
      <DeskTable
        caption="What every row would do"
        columns={[
          { name: 'Screening', kind: 'lead', cell: ({ listing }) => listing.slug },
          {
            name: 'Effect',
            cell: ({ effect, fields }) => (
              <>
                <Badge tone={effect === 'adds' ? 'good' : effect === 'changes' ? 'warn' : 'plain'}>
                  {effect}
                </Badge>{' '}
                {fields.join(', ').replaceAll('_', ' ')}
              </>
            ),
          },
          { name: 'When', cell: ({ listing }) => listing.starts_at.replace('T', ' ') },
          {
            name: 'Where',
            cell: ({ listing: { venue } }) =>
              [venue.name, venue.city ?? '']
                .map((part) => plainText(part))
                .filter((part) => part !== '')
                .join(', '),
          },
          { name: 'State', cell: ({ listing }) => listing.state },
        ]}
        rows={rows.slice(0, rowsShown)}
        keyOf={({ listing }) => listing.slug}
        empty={null}
      />
      {rows.length > rowsShown ? <p>… and {rows.length - rowsShown} more rows.</p> : null}
    </DeskPage>
  );
}
