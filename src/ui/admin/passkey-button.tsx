import type { ReactElement } from 'react';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'passkey-button': React.DetailedHTMLProps<React.HTMLAttributes<HTMLElement>, HTMLElement> & {
        readonly task: 'sign-in' | 'add';
        readonly next: string;
      };
    }
  }
}

/** A button that a script shows where the browser knows passkeys; without one it is not there. */
export function PasskeyButton({
  task,
  next,
  children,
}: {
  readonly task: 'sign-in' | 'add';
  /** Where to go afterwards. */
  readonly next: string;
  readonly children: string;
}): ReactElement {
  return (
    <passkey-button task={task} next={next} hidden>
      <button type="button" className="button-plain">
        {children}
      </button>
      <p role="alert" className="desk-error" hidden>
        {task === 'sign-in'
          ? 'The passkey was not accepted. Use your password or a link.'
          : 'The passkey was not added. Sign out and in again, then try once more.'}
      </p>
    </passkey-button>
  );
}
