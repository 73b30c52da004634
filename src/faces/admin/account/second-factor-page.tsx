import type { ReactElement } from 'react';
import { encode } from 'uqr';
import type { SignedIn, TwoFactorStart } from '../../../platform/auth/index.ts';
import { FormErrors, type FormState, PlainPage, Submit, TextField } from '../../../ui/admin/index.ts';

/** Shown once, between turning it on and the first code: the only time that secret and codes are seen. */
export function StartTwoFactorPage({
  signedIn,
  start,
  form,
}: {
  readonly signedIn: SignedIn;
  readonly start: TwoFactorStart | null;
  readonly form: FormState;
}): ReactElement {
  return (
    <PlainPage title="Turn on two-step sign-in" person={signedIn}>
      {start === null ? null : <Secret start={start} />}
      <FormErrors form={form} />
      <form method="post" action="/admin/account/two-factor/confirmation" className="stack">
        <TextField
          name="code"
          label="The six figures that the app shows now"
          form={form}
          autoComplete="one-time-code"
          charactersMax={20}
          inputMode="numeric"
        />
        <div className="button-row">
          <Submit>Confirm</Submit>
          <a href="/admin/account">Leave it off</a>
        </div>
      </form>
    </PlainPage>
  );
}

function Secret({ start }: { readonly start: TwoFactorStart }): ReactElement {
  return (
    <ol className="steps">
      <li>
        <p>Scan this with an authenticator app, or type the key into it.</p>
        <QrCode text={start.uri} label="QR code of the key" />
        <p>
          <code className="secret">{start.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
      </li>
      <li>
        <p>
          Keep these backup codes where you keep important papers. Each signs you in once, if the phone is
          gone. We cannot show them again.
        </p>
        <BackupCodes codes={start.backupCodes} />
      </li>
      <li>
        <p>Confirm with a code, and it is on.</p>
      </li>
    </ol>
  );
}

export function BackupCodesPage({
  signedIn,
  codes,
}: {
  readonly signedIn: SignedIn;
  readonly codes: readonly string[];
}): ReactElement {
  return (
    <PlainPage
      title="New backup codes"
      about="The old ones are worth nothing now. We cannot show these again."
      person={signedIn}
    >
      <BackupCodes codes={codes} />
      <p>
        <a className="button-main" href="/admin/account">
          I have kept them
        </a>
      </p>
    </PlainPage>
  );
}

function BackupCodes({ codes }: { readonly codes: readonly string[] }): ReactElement {
  return (
    <ul className="backup-codes">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}

/** A QR code as one path; always dark on white, because scanners expect it. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
