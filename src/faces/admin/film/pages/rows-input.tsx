import type { ReactElement } from 'react';
import { type Kind, keyOf } from '../form/field.ts';
import { rowCount } from '../form/read-fields.ts';
import { ErrorLine, type FieldViewProps, Hint, idOf } from './field-around.tsx';

/** Rows beyond those that are filled, to add to the list without script. */
const blankRows = 2;

/** Short rows on the same page, with some empty ones at the end. An emptied row goes when the page is saved. */
export function RowsInput({
  field,
  form,
  prefix = '',
  kind,
  children,
}: FieldViewProps & {
  readonly kind: Extract<Kind, { is: 'rows' }>;
  /** The fields of the row whose names begin so. */
  readonly children: (row: string) => ReactElement;
}): ReactElement {
  const name = keyOf(prefix, field.path);
  const count = rowCount(name, form.values) + blankRows;
  return (
    <fieldset
      className={form.errors[name] === undefined ? 'film-rows' : 'film-rows is-wrong'}
      id={idOf(name)}
      tabIndex={-1}
    >
      <legend>
        {field.label}
        {field.isRequired ? null : <span className="optional"> optional</span>}
      </legend>
      <Hint field={field} name={name} />
      <ErrorLine form={form} name={name} />
      <ol>
        {Array.from({ length: count }, (_, index) => keyOf(name, [index])).map((row, index) => (
          <li key={row}>
            <fieldset className="film-row">
              <legend className="only-read">
                {kind.row} {index + 1}
              </legend>
              {children(row)}
            </fieldset>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
