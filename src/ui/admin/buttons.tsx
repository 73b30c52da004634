import type { ReactElement, ReactNode } from 'react';
import { HiddenFields } from './notice.tsx';

/** `main` is the one thing to do on a page, `plain` everything else, `danger` what cannot be undone. */
export type ButtonLook = 'main' | 'plain' | 'danger' | 'link';

type ButtonProps = {
  readonly children: ReactNode;
  readonly look?: ButtonLook;
  /** Set where the visible words repeat in every row: "Remove Jo Reyes". */
  readonly label?: string | undefined;
  readonly isDisabled?: boolean;
};

/** Sends the form that it stands in, with its own name and value if it has them. */
export function Submit({
  children,
  look = 'main',
  label,
  isDisabled,
  name,
  value,
  action,
}: ButtonProps & {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  /** Another address than the form's. */
  readonly action?: string | undefined;
}): ReactElement {
  return (
    <button
      type="submit"
      className={`button-${look}`}
      aria-label={label}
      disabled={isDisabled}
      name={name}
      value={value}
      formAction={action}
    >
      {children}
    </button>
  );
}

/** A form of one button: changes are never links. */
export function PostButton({
  action,
  fields = {},
  ...button
}: ButtonProps & {
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>>;
}): ReactElement {
  return (
    <form method="post" action={action} className="post-button">
      <HiddenFields fields={fields} />
      <Submit look="plain" {...button} />
    </form>
  );
}

export function LinkButton({
  href,
  children,
  look = 'plain',
  label,
}: ButtonProps & { readonly href: string }): ReactElement {
  return (
    <a href={href} className={`button-${look}`} aria-label={label}>
      {children}
    </a>
  );
}

/** Buttons beside each other that wrap on a phone. */
export function ButtonRow({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className="button-row">{children}</div>;
}
