import type { ReactElement, ReactNode } from 'react';

export type Column<Row> = {
  readonly name: string;
  readonly cell: (row: Row) => ReactNode;
  /**
   * `figure` is set right in tabular figures; `lead` names the row and heads its card on a phone; `choose` is the box
   * that picks the row for what is done to several; `when` is a moment that stays in one line where there is room.
   */
  readonly kind?: 'figure' | 'lead' | 'choose' | 'when' | 'actions';
};

export type DeskTableProps<Row> = {
  /** Says what the table lists; read out, not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Shown instead of a table without rows. */
  readonly empty: ReactNode;
};

/** Rows of one thing. On a phone each row becomes a card that names its columns. */
export function DeskTable<Row>({ caption, columns, rows, keyOf, empty }: DeskTableProps<Row>): ReactElement {
  if (rows.length === 0) return <>{empty}</>;
  return (
    <table className="desk-table">
      <caption className="only-read">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ name, kind }) => (
            <th key={name} scope="col" className={kind === undefined ? undefined : `is-${kind}`}>
              {isUnnamed(kind) ? <span className="only-read">{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map(({ name, cell, kind }) =>
              kind === 'lead' ? (
                <th key={name} scope="row" className="is-lead">
                  {cell(row)}
                </th>
              ) : (
                <td
                  key={name}
                  className={kind === undefined ? undefined : `is-${kind}`}
                  data-name={isUnnamed(kind) ? undefined : name}
                >
                  <div className="desk-cell">{cell(row)}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether a column speaks for itself. */
function isUnnamed(kind: Column<unknown>['kind']): boolean {
  return kind === 'actions' || kind === 'choose';
}

/** Where nothing is yet: what would stand here, and what to do first. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactElement {
  return (
    <div className="desk-empty">
      <p className="desk-empty-title">{title}</p>
      {children === undefined ? null : <div>{children}</div>}
      {action}
    </div>
  );
}

export type Filter =
  | { readonly kind: 'search'; readonly name: string; readonly label: string; readonly value: string }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      /** The words of no choice: "All kinds". */
      readonly all: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
    };

/** Narrows a list; what is chosen stands in the address, so that a view can be kept and sent. */
export function Filters({
  action,
  filters,
  kept = {},
}: {
  readonly action: string;
  readonly filters: readonly Filter[];
  readonly kept?: Readonly<Record<string, string>>;
}): ReactElement {
  const isNarrowed = filters.some(({ value }) => value !== '');
  return (
    <search>
      <form method="get" action={action} className="desk-filters">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {filters.map((filter) => (
          <div key={filter.name} className={`desk-filter is-${filter.kind}`}>
            <label htmlFor={`filter-${filter.name}`}>{filter.label}</label>
            <FilterInput filter={filter} />
          </div>
        ))}
        <button type="submit" className="button-plain">
          Show
        </button>
        {isNarrowed ? <a href={action}>Show all</a> : null}
      </form>
    </search>
  );
}

function FilterInput({ filter }: { readonly filter: Filter }): ReactElement {
  const id = `filter-${filter.name}`;
  if (filter.kind === 'search')
    return <input id={id} type="search" name={filter.name} defaultValue={filter.value} maxLength={200} />;
  return (
    <select id={id} name={filter.name} defaultValue={filter.value}>
      <option value="">{filter.all}</option>
      {filter.choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

export type Tab = {
  readonly href: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly isOpen: boolean;
};

/** Views of one thing beside each other; each is a page of its own. */
export function Tabs({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly Tab[];
}): ReactElement {
  return (
    <nav className="desk-tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.isOpen ? 'page' : undefined}>
              {tab.label}
              {tab.count === undefined ? null : <span className="desk-count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Newer and older; a null is a page that does not exist. */
export function Pagination({
  newer,
  older,
  words = { newer: 'Newer', older: 'Older' },
}: {
  readonly newer: string | null;
  readonly older: string | null;
  readonly words?: { readonly newer: string; readonly older: string };
}): ReactElement | null {
  if (newer === null && older === null) return null;
  return (
    <nav className="desk-pages" aria-label="Pages">
      {newer === null ? (
        <span />
      ) : (
        <a href={newer} rel="prev">
          ← {words.newer}
        </a>
      )}
      {older === null ? (
        <span />
      ) : (
        <a href={older} rel="next">
          {words.older} →
        </a>
      )}
    </nav>
  );
}

/** A state as a word and a shape, never as a colour alone. */
export function Badge({
  tone = 'plain',
  children,
}: {
  readonly tone?: 'good' | 'warn' | 'bad' | 'plain';
  readonly children: ReactNode;
}): ReactElement {
  return <span className={`desk-badge tone-${tone}`}>{children}</span>;
}

/** Names and values of one thing. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [string, ReactNode])[];
}): ReactElement {
  return (
    <dl className="desk-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
