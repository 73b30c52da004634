import type { ReactElement } from 'react';
import {
  FormErrors,
  type FormState,
  type NoticeWords,
  PasskeyButton,
  PlainPage,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';

export type SignInPageProps = {
  readonly form: FormState;
  readonly next: string;
  readonly notice: NoticeWords | null;
};

export function SignInPage({ form, next, notice }: SignInPageProps): ReactElement {
  return (
    <PlainPage title="Sign in" notice={notice} islands={['passkey']}>
      <FormErrors form={form} outcome="You are not signed in yet." />
      <form method="post" action="/admin/sign-in" className="stack">
        <input type="hidden" name="next" value={next} />
        <TextField
          name="address"
          label="E-mail address"
          type="email"
          form={form}
          autoComplete="username webauthn"
          charactersMax={254}
        />
        <TextField
          name="password"
          label="Password"
          type="password"
          form={form}
          autoComplete="current-password"
          charactersMax={200}
        />
        <div className="button-row">
          <Submit>Sign in</Submit>
          <a href="/admin/forgotten-password">Forgotten password</a>
        </div>
        <div className="plain-or">
          <p>Or without the password:</p>
          <div className="button-row">
            <button type="submit" className="button-plain" formAction="/admin/sign-in/link" formNoValidate>
              Mail me a link
            </button>
            <PasskeyButton task="sign-in" next={next}>
              Use a passkey
            </PasskeyButton>
          </div>
        </div>
      </form>
    </PlainPage>
  );
}

export function SecondFactorPage({
  form,
  next,
}: {
  readonly form: FormState;
  readonly next: string;
}): ReactElement {
  return (
    <PlainPage
      title="Second step"
      about="Your authenticator app shows six figures for this site. A backup code does too."
    >
      <FormErrors isFocused={false} form={form} outcome="You are not signed in yet." />
      <form method="post" action="/admin/sign-in/second-factor" className="stack">
        <input type="hidden" name="next" value={next} />
        <TextField
          name="code"
          label="Code"
          form={form}
          autoComplete="one-time-code"
          charactersMax={20}
          isAutoFocused
        />
        <div className="button-row">
          <Submit>Go on</Submit>
          <a href="/admin/sign-in">Start again</a>
        </div>
      </form>
    </PlainPage>
  );
}

/** The same words whether the address is known or not. */
export function LinkAskedPage({
  address,
  minutes,
  hasMail,
  isReset,
}: {
  readonly address: string;
  readonly minutes: number;
  readonly hasMail: boolean;
  readonly isReset: boolean;
}): ReactElement {
  return (
    <PlainPage title="Look into your mail">
      <p>
        If {address} belongs to somebody here, a mail with a link {isReset ? 'to a new password ' : ''}is on
        its way. The link works once, within {minutes} minutes.
      </p>
      {hasMail ? (
        <p>
          Nothing came? Look among the spam, or ask an owner of your film whether this is the address they
          invited.
        </p>
      ) : (
        <p>
          No mail server is set up here yet (<code>SMTP_URL</code>), so the mail is printed in the terminal
          where Houselights runs.
        </p>
      )}
      <p>
        <a href="/admin/sign-in">Back to signing in</a>
      </p>
    </PlainPage>
  );
}

/** A page of its own with a button: mail scanners open links, and must not use them up. */
export function LinkPage({ secret }: { readonly secret: string }): ReactElement {
  return (
    <PlainPage title="Sign in" about="One more press, so that only you use up this link.">
      <form method="post" action={`/admin/sign-in/link/${secret}`}>
        <Submit>Sign in</Submit>
      </form>
    </PlainPage>
  );
}

export function LinkGonePage(): ReactElement {
  return (
    <PlainPage
      title="This link is used up"
      about="A link works once and for a short time, and the newest one counts."
    >
      <p>
        <a className="button-main" href="/admin/sign-in">
          Ask for a new one
        </a>
      </p>
    </PlainPage>
  );
}

export function ForgottenPage({ form }: { readonly form: FormState }): ReactElement {
  return (
    <PlainPage title="Forgotten password" about="We mail you a link with which you choose a new one.">
      <FormErrors form={form} outcome="No mail was sent." />
      <form method="post" action="/admin/forgotten-password" className="stack">
        <TextField
          name="address"
          label="E-mail address"
          type="email"
          form={form}
          autoComplete="username"
          charactersMax={254}
        />
        <div className="button-row">
          <Submit>Mail me a link</Submit>
          <a href="/admin/sign-in">Back</a>
        </div>
      </form>
    </PlainPage>
  );
}

export function NewPasswordPage({
  form,
  secret,
}: {
  readonly form: FormState;
  readonly secret: string;
}): ReactElement {
  return (
    <PlainPage
      title="Choose a new password"
      about="Afterwards you are signed out everywhere, and sign in with the new one."
    >
      <FormErrors form={form} />
      <form method="post" action={`/admin/new-password/${secret}`} className="stack">
        <TextField
          name="password"
          label="New password"
          type="password"
          form={form}
          autoComplete="new-password"
          hint="At least 12 characters; a few words are good."
          charactersMax={200}
        />
        <Submit>Set the password</Submit>
      </form>
    </PlainPage>
  );
}
