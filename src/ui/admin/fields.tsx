import type { ReactElement, ReactNode } from 'react';

/** What a form shows: what was typed, and what is wrong with it, by the field's name. */
export type FormState = {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly errors: Readonly<Record<string, string | undefined>>;
};

export const freshForm: FormState = { values: {}, errors: {} };

export type FieldProps = {
  readonly name: string;
  readonly label: ReactNode;
  readonly form: FormState;
  readonly hint?: ReactNode;
  readonly isOptional?: boolean;
  readonly autoComplete?: string;
  readonly charactersMax?: number;
  readonly isAutoFocused?: boolean;
  /** Tells fields of several forms of one page apart. */
  readonly idPrefix?: string;
};

type Wired = { readonly id: string; readonly describedBy: string | undefined; readonly isWrong: boolean };

function wire({ name, form, hint, idPrefix = 'f' }: FieldProps): Wired {
  const id = `${idPrefix}-${name}`;
  const isWrong = form.errors[name] !== undefined;
  const parts = [hint === undefined ? null : `${id}-hint`, isWrong ? `${id}-error` : null];
  return { id, isWrong, describedBy: parts.filter((part) => part !== null).join(' ') || undefined };
}

function Around({
  field,
  children,
}: {
  readonly field: FieldProps;
  readonly children: ReactNode;
}): ReactElement {
  const { id, isWrong } = wire(field);
  return (
    <div className={isWrong ? 'desk-field is-wrong' : 'desk-field'}>
      <label htmlFor={id}>
        {field.label}
        {field.isOptional ? <span className="optional"> optional</span> : null}
      </label>
      {field.hint === undefined ? null : (
        <p className="desk-hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {children}
      {isWrong ? (
        <p className="desk-error" id={`${id}-error`}>
          {field.form.errors[field.name]}
        </p>
      ) : null}
    </div>
  );
}

/** One line: text, address, date, number, password. Passwords are never sent back. */
export function TextField({
  type = 'text',
  inputMode,
  ...field
}: FieldProps & {
  readonly type?:
    | 'text'
    | 'email'
    | 'password'
    | 'url'
    | 'tel'
    | 'number'
    | 'date'
    | 'datetime-local'
    | 'time'
    | 'search'
    | 'color';
  readonly inputMode?: 'numeric' | 'text';
}): ReactElement {
  const { id, isWrong, describedBy } = wire(field);
  return (
    <Around field={field}>
      <input
        id={id}
        name={field.name}
        type={type}
        inputMode={inputMode}
        defaultValue={type === 'password' ? undefined : field.form.values[field.name]}
        required={!field.isOptional}
        autoComplete={field.autoComplete}
        maxLength={field.charactersMax}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
        // biome-ignore lint/a11y/noAutofocus: only where a page has one thing to type, such as a code
        autoFocus={field.isAutoFocused}
        spellCheck={type === 'text' ? undefined : false}
      />
    </Around>
  );
}

export function LongTextField({ rows = 5, ...field }: FieldProps & { readonly rows?: number }): ReactElement {
  const { id, isWrong, describedBy } = wire(field);
  return (
    <Around field={field}>
      <textarea
        id={id}
        name={field.name}
        rows={rows}
        defaultValue={field.form.values[field.name]}
        required={!field.isOptional}
        maxLength={field.charactersMax}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
      />
    </Around>
  );
}

export type Choice = {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
  /** In a list, choices of one group stand together under its name. */
  readonly group?: string;
};

export function ChoiceField({
  choices,
  none,
  ...field
}: FieldProps & {
  readonly choices: readonly Choice[];
  /** The words of an empty first choice. */
  readonly none?: string;
}): ReactElement {
  const { id, isWrong, describedBy } = wire(field);
  return (
    <Around field={field}>
      <select
        id={id}
        name={field.name}
        defaultValue={field.form.values[field.name] ?? ''}
        required={!field.isOptional}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy}
      >
        {none === undefined ? null : <option value="">{none}</option>}
        <Options choices={choices} />
      </select>
    </Around>
  );
}

function Options({ choices }: { readonly choices: readonly Choice[] }): ReactElement {
  const groups = [...Map.groupBy(choices, ({ group = '' }) => group)];
  return (
    <>
      {groups.map(([group, those]) => {
        const options = those.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ));
        return group === '' ? (
          options
        ) : (
          <optgroup key={group} label={group}>
            {options}
          </optgroup>
        );
      })}
    </>
  );
}

/** One of a few, all to be seen, each with its words. */
export function RadioFields({
  choices,
  ...field
}: FieldProps & { readonly choices: readonly Choice[] }): ReactElement {
  const { id, isWrong } = wire(field);
  return (
    <fieldset
      className={isWrong ? 'desk-field is-wrong' : 'desk-field'}
      aria-describedby={isWrong ? `${id}-error` : undefined}
    >
      <legend>{field.label}</legend>
      {field.hint === undefined ? null : <p className="desk-hint">{field.hint}</p>}
      {choices.map(({ value, label, hint }) => (
        <label key={value} className="desk-choice">
          <input
            type="radio"
            name={field.name}
            value={value}
            defaultChecked={field.form.values[field.name] === value}
          />
          <span>
            {label}
            {hint === undefined ? null : <span className="desk-hint">{hint}</span>}
          </span>
        </label>
      ))}
      {isWrong ? (
        <p className="desk-error" id={`${id}-error`}>
          {field.form.errors[field.name]}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Ticked when its value is `yes`. */
export function CheckField(field: FieldProps): ReactElement {
  const { id, isWrong, describedBy } = wire(field);
  return (
    <div className={isWrong ? 'desk-field is-wrong' : 'desk-field'}>
      <label className="desk-choice">
        <input
          id={id}
          type="checkbox"
          name={field.name}
          value="yes"
          defaultChecked={field.form.values[field.name] === 'yes'}
          aria-describedby={describedBy}
        />
        <span>{field.label}</span>
      </label>
      {field.hint === undefined ? null : (
        <p className="desk-hint" id={`${id}-hint`}>
          {field.hint}
        </p>
      )}
      {isWrong ? (
        <p className="desk-error" id={`${id}-error`}>
          {field.form.errors[field.name]}
        </p>
      ) : null}
    </div>
  );
}

/** Above a form that came back: how many fields want another look, each as a link to it. */
export function FormErrors({
  form,
  idPrefix = 'f',
  outcome = 'Nothing was saved yet.',
  isFocused = true,
}: {
  readonly form: FormState;
  readonly idPrefix?: string;
  /** What did not happen. */
  readonly outcome?: string;
  /** Not where the one field of the page has the focus already. */
  readonly isFocused?: boolean;
}): ReactElement | null {
  const wrong = Object.entries(form.errors).filter((entry) => entry[1] !== undefined);
  if (wrong.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: it is the answer to what was just sent, and may stand far down
    <div className="desk-notice tone-bad" role="alert" tabIndex={-1} autoFocus={isFocused}>
      <div className="desk-notice-words">
        <p>{outcome} Please look at this again:</p>
        <ul>
          {wrong.map(([name, words]) => (
            <li key={name}>{name === '' ? words : <a href={`#${idPrefix}-${name}`}>{words}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
