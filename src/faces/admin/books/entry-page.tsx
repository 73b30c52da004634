import type { ReactElement } from 'react';
import { type Account, accountKinds } from '../../../domain/ledger/index.ts';
import {
  ChoiceField,
  DeskPage,
  FormErrors,
  type FormState,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { kindWords } from './words.ts';

export type EntryPageProps = {
  readonly desk: Desk;
  readonly form: FormState;
  readonly accounts: readonly Account[];
  readonly currencies: readonly string[];
  /** The film's own day: nothing is booked ahead. */
  readonly today: string;
};

/** Enters money that moved outside the program: a bill that was paid, a cheque that came. */
export function EntryPage({ desk, form, accounts, currencies, today }: EntryPageProps): ReactElement {
  const choices = accountKinds.flatMap((kind) =>
    accounts
      .filter((account) => account.kind === kind)
      .map(({ code, name }) => ({ value: code, label: name, group: kindWords[kind].name })),
  );
  return (
    <DeskPage
      desk={desk}
      title="Enter money"
      about="Money always goes from one account to another. A poster bill: from Bank to Publicity. A cheque for a licence: from Licence income to Bank. What you had at the start: from Opening balances to Bank."
      from={{ href: `${desk.base}/books`, label: 'Books' }}
    >
      <FormErrors form={form} />
      <form method="post" action={`${desk.base}/books/entry`} className="stack">
        <input type="hidden" name="key" value={form.values.key} />
        <TextField
          name="memo"
          label="What it was for"
          form={form}
          charactersMax={500}
          hint="As whoever reads the books next year will want it: who, what, which bill."
        />
        <TextField
          name="booked_on"
          type="date"
          label="Day"
          form={form}
          hint={`At the latest today, ${today}.`}
        />
        <ChoiceField name="from" label="From" form={form} choices={choices} none="Choose an account" />
        <ChoiceField name="to" label="To" form={form} choices={choices} none="Choose an account" />
        <TextField name="amount" label="Amount" form={form} charactersMax={30} hint="Such as 1,234.50" />
        <ChoiceField
          name="currency"
          label="Currency"
          form={form}
          choices={currencies.map((code) => ({ value: code, label: code }))}
        />
        <Submit>Enter it</Submit>
      </form>
    </DeskPage>
  );
}
