import type { ReactElement } from 'react';
import type { Participant } from '../../../domain/ledger/index.ts';
import {
  ChoiceField,
  DeskPage,
  FormErrors,
  type FormState,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { Owed } from './owed.tsx';

/** What was paid to a participant, at most what they are owed. */
export function PayoutPage({
  desk,
  participant,
  owed,
  form,
  currencies,
}: {
  readonly desk: Desk;
  readonly participant: Participant;
  readonly owed: readonly { readonly currency: string; readonly owed: number }[];
  readonly form: FormState;
  readonly currencies: readonly string[];
}): ReactElement {
  const here = `${desk.base}/participants/${participant.id}`;
  return (
    <DeskPage
      desk={desk}
      title={`Pay out ${participant.name}`}
      about="Houselights moves no money: make the payment at your bank and book it here. A refund that comes later is carried and taken off what they earn next."
      from={{ href: here, label: participant.name }}
    >
      <dl className="books-sums">
        <div>
          <dt>Owed</dt>
          <dd>
            <Owed owed={owed} />
          </dd>
        </div>
      </dl>
      <FormErrors form={form} />
      <form method="post" action={`${here}/payout`} className="stack">
        <input type="hidden" name="key" value={form.values.key} />
        <TextField name="amount" label="Amount" form={form} charactersMax={30} hint="Such as 1,234.50" />
        <ChoiceField
          name="currency"
          label="Currency"
          form={form}
          choices={currencies.map((code) => ({ value: code, label: code }))}
        />
        <TextField name="booked_on" type="date" label="Day" form={form} />
        <TextField
          name="memo"
          label="What the bank statement says"
          form={form}
          isOptional
          charactersMax={500}
        />
        <Submit>Book the payout</Submit>
      </form>
    </DeskPage>
  );
}
