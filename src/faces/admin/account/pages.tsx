import type { ReactElement } from 'react';
import type { Temporal } from 'temporal-polyfill';
import type { Passkey, Session, SignedIn } from '../../../platform/auth/index.ts';
import {
  Badge,
  DeskTable,
  FormErrors,
  type FormState,
  freshForm,
  type NoticeWords,
  PasskeyButton,
  PlainPage,
  PostButton,
  Submit,
  TextField,
  When,
} from '../../../ui/admin/index.ts';
import { sayBrowser } from './say-browser.ts';

/** Which of the page's forms came back, with what was typed. */
export type AccountForms = Partial<Record<'name' | 'password' | 'second', FormState>>;

export type AccountPageProps = {
  readonly signedIn: SignedIn;
  readonly sessions: readonly Session[];
  readonly passkeys: readonly Passkey[];
  readonly now: Temporal.Instant;
  readonly forms: AccountForms;
  readonly notice: NoticeWords | null;
};

export function AccountPage(props: AccountPageProps): ReactElement {
  const { signedIn, notice } = props;
  return (
    <PlainPage
      title="Your account"
      about={signedIn.address}
      person={signedIn}
      notice={notice}
      islands={['passkey']}
      isWide
    >
      <NameSection {...props} />
      <PasswordSection {...props} />
      <SecondFactorSection {...props} />
      <PasskeySection {...props} />
      <SessionSection {...props} />
    </PlainPage>
  );
}

function NameSection({ signedIn, forms }: AccountPageProps): ReactElement {
  const form = forms.name ?? { values: { name: signedIn.name }, errors: {} };
  return (
    <section className="desk-section">
      <h2>Name</h2>
      <form method="post" action="/admin/account/name" className="stack">
        <TextField
          name="name"
          label="What the team sees beside what you do"
          form={form}
          autoComplete="name"
          charactersMax={200}
          idPrefix="name"
        />
        <Submit look="plain">Save the name</Submit>
      </form>
    </section>
  );
}

function PasswordSection({ forms, signedIn }: AccountPageProps): ReactElement {
  const form = forms.password ?? freshForm;
  return (
    <section className="desk-section">
      <h2>Password</h2>
      <p className="quiet">A new password signs you out everywhere else.</p>
      <form method="post" action="/admin/account/password" className="stack">
        <FormErrors form={form} idPrefix="password" />
        <WhosePassword signedIn={signedIn} />
        <TextField
          name="current"
          label="Password so far"
          type="password"
          form={form}
          autoComplete="current-password"
          charactersMax={200}
          idPrefix="password"
        />
        <TextField
          name="next"
          label="New password"
          type="password"
          form={form}
          autoComplete="new-password"
          charactersMax={200}
          idPrefix="password"
          hint="At least 12 characters; a few words are good."
        />
        <Submit look="plain">Change the password</Submit>
      </form>
    </section>
  );
}

/** Tells password stores whose password it is; nobody sees it. */
function WhosePassword({ signedIn }: { readonly signedIn: SignedIn }): ReactElement {
  return (
    <input
      type="text"
      name="username"
      defaultValue={signedIn.address}
      autoComplete="username"
      hidden
      readOnly
    />
  );
}

function SecondFactorSection({ signedIn, forms }: AccountPageProps): ReactElement {
  const form = forms.second ?? freshForm;
  const isOn = signedIn.hasTwoFactor;
  return (
    <section className="desk-section">
      <h2>
        Two-step sign-in <Badge tone={isOn ? 'good' : 'plain'}>{isOn ? 'On' : 'Off'}</Badge>
      </h2>
      <p className="quiet">
        {isOn
          ? 'After your password or link we ask for a code of your authenticator app.'
          : 'With an authenticator app on your phone, a stolen password alone lets nobody in.'}
      </p>
      <form method="post" action="/admin/account/two-factor" className="stack">
        <FormErrors form={form} idPrefix="second" />
        <WhosePassword signedIn={signedIn} />
        <TextField
          name="password"
          label="Your password, to be sure that it is you"
          type="password"
          form={form}
          autoComplete="current-password"
          charactersMax={200}
          idPrefix="second"
        />
        <div className="button-row">
          {isOn ? (
            <>
              <Submit look="plain" action="/admin/account/backup-codes">
                New backup codes
              </Submit>
              <Submit look="danger" action="/admin/account/two-factor/end">
                Turn it off
              </Submit>
            </>
          ) : (
            <Submit look="plain">Turn it on</Submit>
          )}
        </div>
      </form>
    </section>
  );
}

function PasskeySection({ passkeys, now }: AccountPageProps): ReactElement {
  return (
    <section className="desk-section">
      <h2>Passkeys</h2>
      <p className="quiet">Sign in with your finger, face or screen lock, without a password.</p>
      <DeskTable
        caption="Your passkeys"
        rows={passkeys}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Passkey', kind: 'lead', cell: ({ name, id }) => name ?? `Passkey ${id.slice(-4)}` },
          { name: 'Added', cell: ({ since }) => (since ? <When at={since} now={now} /> : '') },
          {
            name: 'Remove',
            kind: 'actions',
            cell: ({ id }) => (
              <PostButton action={`/admin/account/passkeys/${id}/removal`}>Remove</PostButton>
            ),
          },
        ]}
        empty={<p>You have none yet.</p>}
      />
      <PasskeyButton task="add" next="/admin/account?said=passkey_added">
        Add a passkey
      </PasskeyButton>
      <noscript>
        <p className="quiet">Passkeys need JavaScript; everything else here does not.</p>
      </noscript>
    </section>
  );
}

function SessionSection({ sessions, signedIn, now }: AccountPageProps): ReactElement {
  return (
    <section className="desk-section">
      <h2>Where you are signed in</h2>
      <DeskTable
        caption="Your sessions"
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          { name: 'Browser', kind: 'lead', cell: ({ userAgent }) => sayBrowser(userAgent) },
          { name: 'Since', cell: ({ since }) => <When at={since} now={now} /> },
          {
            name: 'End',
            kind: 'actions',
            cell: ({ id, userAgent }) =>
              id === signedIn.sessionId ? (
                <Badge tone="good">This one</Badge>
              ) : (
                <PostButton
                  action={`/admin/account/sessions/${id}/end`}
                  label={`End: ${sayBrowser(userAgent)}`}
                >
                  End
                </PostButton>
              ),
          },
        ]}
        empty={null}
      />
      {sessions.length > 1 ? (
        <PostButton action="/admin/account/sessions/end">End all others</PostButton>
      ) : null}
    </section>
  );
}
