import type { ReactElement } from 'react';
import { type Account, accountKinds } from '../../../domain/ledger/index.ts';
import { may } from '../../../domain/people/index.ts';
import {
  ChoiceField,
  DeskPage,
  DeskTable,
  EmptyState,
  FormErrors,
  type FormState,
  type NoticeWords,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { BooksTabs } from './parts.tsx';
import { kindWords } from './words.ts';

export type AccountsPageProps = {
  readonly desk: Desk;
  readonly accounts: readonly Account[];
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

/** Every account there is, and for those who keep the books a way to open another. */
export function AccountsPage({ desk, accounts, form, notice }: AccountsPageProps): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title="Accounts"
      about="Where money is, comes from, goes to, or is owed. An account stays once it is open."
      notice={notice}
    >
      <BooksTabs desk={desk} open="accounts" />
      <DeskTable
        caption="Accounts"
        rows={accounts}
        keyOf={({ code }) => code}
        columns={[
          {
            name: 'Account',
            kind: 'lead',
            cell: ({ code, name }) => <a href={`${desk.base}/books/accounts/${code}`}>{name}</a>,
          },
          { name: 'Kind', cell: ({ kind }) => kindWords[kind].name },
          { name: 'Code', cell: ({ code }) => <code>{code}</code> },
        ]}
        empty={<EmptyState title="There is no account." />}
      />
      {may(desk.role, 'books.post') ? (
        <section className="desk-section">
          <h2>Open another</h2>
          <FormErrors form={form} />
          <form method="post" action={`${desk.base}/books/accounts`} className="stack">
            <TextField
              name="name"
              label="Name"
              form={form}
              charactersMax={100}
              hint="Such as Grant of the city"
            />
            <ChoiceField
              name="kind"
              label="Kind"
              form={form}
              none="Choose a kind"
              choices={accountKinds.map((kind) => ({
                value: kind,
                label: `${kindWords[kind].name}: ${kindWords[kind].about}`,
              }))}
            />
            <Submit>Open it</Submit>
          </form>
        </section>
      ) : null}
    </DeskPage>
  );
}
