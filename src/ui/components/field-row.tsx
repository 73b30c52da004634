import type { ReactElement, ReactNode } from 'react';
import { words } from '../words/index.ts';

export type FieldKind =
  | 'text'
  | 'textarea'
  | 'email'
  | 'tel'
  | 'url'
  | 'number'
  | 'date'
  | 'select'
  | 'checkbox';

export type FieldRowProps = {
  readonly name: string;
  /** Where a page asks the same more than once; otherwise it follows from the name. */
  readonly id?: string;
  readonly label: string;
  readonly language: string;
  readonly kind?: FieldKind;
  readonly isRequired?: boolean;
  readonly hint?: string | undefined;
  /** Why what was typed cannot be taken; stands beside the field and is read with it. */
  readonly error?: string | undefined;
  /** What was typed, kept after an error. A checkbox is ticked when this is not empty. */
  readonly value?: string | undefined;
  readonly options?: readonly { readonly value: string; readonly label: string }[] | undefined;
  /** As in HTML: `name`, `email`, `organization`, `postal-code`. */
  readonly autoComplete?: string;
  readonly charactersMax?: number;
  readonly rows?: number;
};

/** The id of a field's input, which an error summary links to. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** One question of a form: label, hint, input, error, tied together for eyes and for screen readers. */
export function FieldRow(props: FieldRowProps): ReactElement {
  const { name, label, language, kind = 'text', isRequired = false, hint, error } = props;
  const { forms } = words(language);
  const id = props.id ?? fieldId(name);
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
    .filter((each) => each !== '')
    .join(' ');
  const input = <Input {...props} id={id} described={described === '' ? undefined : described} />;
  const caption: ReactNode = (
    <>
      {label} {isRequired ? null : <span className="field-optional">({forms.optional})</span>}
    </>
  );
  return (
    <div className={`field field-${kind}${error === undefined ? '' : ' field-wrong'}`}>
      {kind === 'checkbox' ? input : null}
      <label htmlFor={id}>{caption}</label>
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {kind === 'checkbox' ? null : input}
    </div>
  );
}

function Input(
  props: FieldRowProps & { readonly id: string; readonly described: string | undefined },
): ReactElement {
  const { name, kind = 'text', id, described, isRequired = false, error, value = '', options = [] } = props;
  const common = {
    id,
    name,
    required: isRequired,
    'aria-describedby': described,
    'aria-invalid': error === undefined ? undefined : true,
    autoComplete: props.autoComplete,
  };
  if (kind === 'textarea') {
    return (
      <textarea {...common} rows={props.rows ?? 7} maxLength={props.charactersMax} defaultValue={value} />
    );
  }
  if (kind === 'select') {
    return (
      <select {...common} defaultValue={value}>
        <option value="">{words(props.language).forms.choose}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'checkbox') {
    return <input {...common} type="checkbox" value="yes" defaultChecked={value !== ''} />;
  }
  return <input {...common} type={kind} maxLength={props.charactersMax} defaultValue={value} />;
}

/** What is wrong with a form, above it, each line leading to its field. */
export function ErrorSummary({
  errors,
  language,
}: {
  readonly errors: readonly { readonly name: string; readonly message: string }[];
  readonly language: string;
}): ReactElement | null {
  if (errors.length === 0) return null;
  const { forms } = words(language);
  return (
    // biome-ignore lint/a11y/noAutofocus: the page is the answer to a form; without script nothing else leads there
    <div className="notice notice-failure" role="alert" id="errors" tabIndex={-1} autoFocus>
      <div className="notice-words">
        <p className="notice-title">{forms.errorsTitle}</p>
        <p>{forms.errorsAbout}</p>
        <ul>
          {errors.map(({ name, message }) => (
            <li key={name}>
              <a href={`#${fieldId(name)}`}>{message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
