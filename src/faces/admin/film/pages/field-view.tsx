import type { ReactElement } from 'react';
import { type Field, keyOf } from '../form/field.ts';
import { Around, ErrorLine, type FieldViewProps, type FormView, Hint, idOf, wired } from './field-around.tsx';
import { RowsInput } from './rows-input.tsx';
import { CodesHint, ColourInput, FileInput, FocusInputs } from './special-inputs.tsx';
import { TextInputs } from './text-inputs.tsx';

/** Every field of a page, in its order. */
export function FieldsView({
  fields,
  form,
  prefix = '',
}: {
  readonly fields: readonly Field[];
  readonly form: FormView;
  readonly prefix?: string;
}): ReactElement {
  return (
    <>
      {fields.map((field) => (
        <FieldView key={keyOf(prefix, field.path)} field={field} form={form} prefix={prefix} />
      ))}
    </>
  );
}

function FieldView(props: FieldViewProps): ReactElement {
  const { field, form, prefix = '' } = props;
  const name = keyOf(prefix, field.path);
  const { kind } = field;
  if (kind.is === 'text') return <TextInputs {...props} />;
  if (kind.is === 'rows')
    return (
      <RowsInput {...props} kind={kind}>
        {(row) => <FieldsView fields={kind.fields} form={form} prefix={row} />}
      </RowsInput>
    );
  if (kind.is === 'file') return <FileInput {...props} kind={kind} />;
  if (kind.is === 'focus') return <FocusInputs {...props} kind={kind} />;
  if (kind.is === 'tick') return <TickInput {...props} />;
  return (
    <Around field={field} form={form} name={name}>
      {kind.is === 'choice' ? (
        <ChoiceInput name={name} field={field} form={form} />
      ) : kind.is === 'colour' ? (
        <ColourInput name={name} field={field} form={form} />
      ) : (
        <LineInput name={name} field={field} form={form} />
      )}
      {kind.is === 'codes' ? <CodesHint of={kind.of} codes={form.values[name] ?? ''} /> : null}
    </Around>
  );
}

type InputProps = { readonly name: string; readonly field: Field; readonly form: FormView };

function LineInput({ name, field, form }: InputProps): ReactElement {
  const { kind } = field;
  const input = kind.is === 'line' ? (kind.input ?? 'text') : 'text';
  const suggestions = kind.is === 'line' ? kind.suggestions : undefined;
  const listId = suggestions === undefined ? undefined : `${idOf(name)}-list`;
  const isNarrow = kind.is === 'number' || kind.is === 'loose-date';
  return (
    <>
      <input
        {...wired(form, name, field)}
        // Not type=url or number: the server's words are clearer, and nothing that was typed is dropped.
        type="text"
        inputMode={
          input === 'url' ? 'url' : input === 'email' ? 'email' : kind.is === 'number' ? 'numeric' : undefined
        }
        className={isNarrow ? 'is-narrow' : undefined}
        defaultValue={form.values[name]}
        list={listId}
        spellCheck={
          kind.is === 'line' && kind.letters === undefined && input === 'text' && !suggestions
            ? undefined
            : false
        }
        autoCapitalize={kind.is === 'line' && kind.letters === 'lower' ? 'none' : undefined}
        autoComplete="off"
        dir={input === 'text' ? 'auto' : undefined}
      />
      {suggestions === undefined ? null : (
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

function ChoiceInput({ name, field, form }: InputProps): ReactElement | null {
  const { kind } = field;
  if (kind.is !== 'choice') return null;
  const value = form.values[name] ?? '';
  const isKnown = kind.choices.some((each) => each.value === value);
  return (
    <select {...wired(form, name, field)} defaultValue={isKnown ? value : ''}>
      {isKnown ? null : <option value="">{kind.none ?? 'Choose …'}</option>}
      {kind.choices.map((each) => (
        <option key={each.value} value={each.value}>
          {each.label}
        </option>
      ))}
    </select>
  );
}

function TickInput({ field, form, prefix = '' }: FieldViewProps): ReactElement {
  const name = keyOf(prefix, field.path);
  return (
    <div className="desk-field">
      <label className="desk-choice">
        <input
          {...wired(form, name, field)}
          type="checkbox"
          value="yes"
          defaultChecked={form.values[name] === 'yes'}
        />
        <span>{field.label}</span>
      </label>
      <Hint field={field} name={name} />
      <ErrorLine form={form} name={name} />
    </div>
  );
}
