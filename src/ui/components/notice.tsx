import type { ReactElement, ReactNode } from 'react';
import { Icon } from './icon.tsx';

export type NoticeProps = {
  readonly children: ReactNode;
  readonly kind?: 'note' | 'success' | 'failure';
  readonly title?: string;
  /** Set where the notice answers what was just done, so that a screen reader says it. */
  readonly isAnswer?: boolean;
  /** By which it is led to; an answer with an id has the focus when the page opens. */
  readonly id?: string;
};

/** Something that must be read: what happened, what it means, what to do. */
export function Notice({ children, kind = 'note', title, isAnswer = false, id }: NoticeProps): ReactElement {
  const role = !isAnswer ? undefined : kind === 'failure' ? 'alert' : 'status';
  return (
    <div
      className={`notice notice-${kind}`}
      role={role}
      id={id}
      tabIndex={id === undefined ? undefined : -1}
      // biome-ignore lint/a11y/noAutofocus: the page is the answer to a form; without script nothing else leads there
      autoFocus={isAnswer && id !== undefined}
    >
      {kind === 'note' ? null : <Icon name={kind === 'success' ? 'check' : 'warning'} />}
      <div className="notice-words">
        {title === undefined ? null : <p className="notice-title">{title}</p>}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}
