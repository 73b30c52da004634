import type { ReactElement, ReactNode } from 'react';
import type { Field, Values } from '../form/field.ts';

/** A picture as the editor shows it. */
export type Thumbnail = {
  readonly href: string;
  readonly width: number;
  readonly height: number;
};

/** What all fields of a form share: what was typed, what is wrong, and in which languages the site speaks. */
export type FormView = {
  readonly values: Values;
  readonly errors: Values;
  readonly languages: readonly string[];
  /** The picture behind a path of the document, if it is one. */
  readonly thumbnail: (path: string, sha256: string) => Thumbnail | null;
  /** The Markdown field whose preview was asked for without script. */
  readonly previewed: string | null;
  /** Where a text is rendered as the site renders it. */
  readonly previewAddress: string;
};

export type FieldViewProps = {
  readonly field: Field;
  readonly form: FormView;
  readonly prefix?: string;
};

/** The id of a field's input; errors above the form lead there. */
export const idOf = (name: string): string => `f-${name}`;

/** Label, hint and error around an input; the input names them by `describedBy`. */
export function Around({
  field,
  form,
  name,
  label = field.label,
  isHintShown = true,
  children,
}: {
  readonly field: Field;
  readonly form: FormView;
  readonly name: string;
  readonly label?: ReactNode;
  readonly isHintShown?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const error = form.errors[name];
  return (
    <div className={error === undefined ? 'desk-field' : 'desk-field is-wrong'}>
      <label htmlFor={idOf(name)}>
        {label}
        {field.isRequired ? null : <span className="optional"> optional</span>}
      </label>
      {isHintShown ? <Hint field={field} name={name} /> : null}
      {children}
      <ErrorLine form={form} name={name} />
    </div>
  );
}

export function Hint({ field, name }: { readonly field: Field; readonly name: string }): ReactElement | null {
  if (field.hint === undefined) return null;
  return (
    <p className="desk-hint" id={`${idOf(name)}-hint`}>
      {field.hint}
    </p>
  );
}

export function ErrorLine({
  form,
  name,
}: {
  readonly form: FormView;
  readonly name: string;
}): ReactElement | null {
  const error = form.errors[name];
  if (error === undefined) return null;
  return (
    <p className="desk-error" id={`${idOf(name)}-error`}>
      {error}
    </p>
  );
}

/** What ties an input to its label, its hint and its error. `hintOf` is where the hint stands. */
export function wired(
  form: FormView,
  name: string,
  field: Field,
  hintOf = name,
): {
  readonly id: string;
  readonly name: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
} {
  const isWrong = form.errors[name] !== undefined;
  const described = [
    field.hint === undefined ? null : `${idOf(hintOf)}-hint`,
    isWrong ? `${idOf(name)}-error` : null,
  ].filter((each) => each !== null);
  return {
    id: idOf(name),
    name,
    'aria-invalid': isWrong || undefined,
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
  };
}
