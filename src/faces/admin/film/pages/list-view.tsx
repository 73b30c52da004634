import type { ReactElement } from 'react';
import { EmptyState, LinkButton, Submit } from '../../../../ui/admin/index.ts';
import type { Thumbnail } from './field-around.tsx';

/** A thing of a list as its row shows it. */
export type Row = {
  readonly key: string;
  /** By which an address leads to the row. */
  readonly mark: string;
  readonly title: string;
  readonly about: string;
  readonly thumbnail: Thumbnail | null;
  /** In which languages of the site something of it is not written yet. */
  readonly missing: readonly string[];
};

export type ListViewProps = {
  readonly title: string;
  readonly address: string;
  readonly one: string;
  readonly many: string;
  readonly rows: readonly Row[];
  readonly whenEmpty: string;
  /** The revision that the rows are of: what a change is checked against. */
  readonly from: number;
  readonly isOrdered: boolean;
  readonly mayEdit: boolean;
  readonly isHeadless: boolean;
};

/** A list in its order. Rows move by buttons without script; by keyboard and pointer where it runs. */
export function ListView(props: ListViewProps): ReactElement {
  const { title, address, one, many, rows, whenEmpty, from, mayEdit, isOrdered, isHeadless } = props;
  const id = `list-${many.replaceAll(' ', '-')}`;
  const add = mayEdit ? (
    <LinkButton href={`${address}/new`} look={rows.length === 0 ? 'main' : 'plain'}>
      Add a {one}
    </LinkButton>
  ) : null;
  return (
    <section className="film-list" aria-labelledby={id}>
      <header className="film-list-head">
        <h2 id={id} className={isHeadless ? 'only-read' : undefined}>
          {title}
        </h2>
        {rows.length === 0 ? null : add}
      </header>
      {rows.length === 0 ? (
        <EmptyState title={`No ${many} yet`} action={add}>
          {whenEmpty}
        </EmptyState>
      ) : (
        <reorder-list
          data-action={`${address}/order?from=${from}`}
          data-grab="Move {name}. Press Space to lift it."
          data-lifted="{name} lifted: position {at} of {of}. Arrow keys move it, Space puts it down, Escape lets it go."
          data-moved="{name}: position {at} of {of}."
          data-dropped="{name} put down at position {at} of {of}."
          data-cancelled="{name} is where it was, at position {at} of {of}."
        >
          <ol className="film-rows-list">
            {rows.map((row, index) => (
              <ListRow
                key={row.key}
                row={row}
                index={index}
                count={rows.length}
                address={address}
                from={from}
                mayMove={mayEdit && isOrdered}
                mayRemove={mayEdit}
              />
            ))}
          </ol>
        </reorder-list>
      )}
    </section>
  );
}

type RowProps = {
  readonly row: Row;
  readonly index: number;
  readonly count: number;
  readonly address: string;
  readonly from: number;
  readonly mayMove: boolean;
  readonly mayRemove: boolean;
};

function ListRow({ row, index, count, address, from, mayMove, mayRemove }: RowProps): ReactElement {
  const { title, mark, about, thumbnail, missing } = row;
  return (
    <li id={mark} data-position={index} data-name={title} tabIndex={-1}>
      {thumbnail === null ? null : (
        <img
          className="film-row-picture"
          src={thumbnail.href}
          width={thumbnail.width}
          height={thumbnail.height}
          alt=""
          loading="lazy"
        />
      )}
      <div className="film-row-words">
        <a href={`${address}/${encodeURIComponent(row.key)}`} dir="auto">
          {title}
        </a>
        {about === '' ? null : <p dir="auto">{about}</p>}
        {missing.length === 0 ? null : <p className="film-missing">missing in {missing.join(', ')}</p>}
      </div>
      {mayRemove ? (
        <div className="film-row-actions">
          {mayMove ? (
            <form method="post" action={`${address}/moves?from=${from}`} className="film-moves">
              <input type="hidden" name="at" value={index} />
              <Submit look="plain" name="to" value="up" label={`Move up: ${title}`} isDisabled={index === 0}>
                ↑
              </Submit>
              <Submit
                look="plain"
                name="to"
                value="down"
                label={`Move down: ${title}`}
                isDisabled={index === count - 1}
              >
                ↓
              </Submit>
            </form>
          ) : null}
          <form method="post" action={`${address}/removals?from=${from}`}>
            <input type="hidden" name="at" value={row.key} />
            <Submit look="link" label={`Remove ${title}`}>
              Remove
            </Submit>
          </form>
        </div>
      ) : null}
    </li>
  );
}
