import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Looks = {
  readonly children: ReactNode;
  /** One solid button in a place; the others are outlines. */
  readonly look?: 'solid' | 'outline' | 'quiet';
  readonly icon?: IconName;
  /** Said instead of the words, where the words alone do not tell one link from the next. */
  readonly label?: string;
};

/** A link that looks like the thing to press. Leaves to another site say so with an arrow. */
export function ButtonLink({
  href,
  children,
  look = 'solid',
  icon,
  label,
}: Looks & { readonly href: string }): ReactElement {
  const isElsewhere = /^https?:/i.test(href);
  return (
    <a
      className={`button button-${look}`}
      href={href}
      rel={isElsewhere ? 'noopener' : undefined}
      aria-label={label}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
      {isElsewhere ? <Icon name="elsewhere" /> : null}
    </a>
  );
}

/** A form's button. */
export function Button({
  children,
  look = 'solid',
  icon,
  label,
  name,
  value,
}: Looks & { readonly name?: string; readonly value?: string }): ReactElement {
  return (
    <button className={`button button-${look}`} type="submit" name={name} value={value} aria-label={label}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
