import type { ReactElement } from 'react';
import {
  ChoiceField,
  DeskPage,
  FormErrors,
  type FormState,
  RadioFields,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

/** Puts money of the makers' own into the fund, or takes it out again. */
export function FundMoneyPage({
  desk,
  form,
  currencies,
}: {
  readonly desk: Desk;
  readonly form: FormState;
  readonly currencies: readonly string[];
}): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title="Money of the fund"
      about="What the makers or a donor put in by hand, from the bank account. Gifts of buyers come by themselves."
      from={{ href: `${desk.base}/fund`, label: 'Solidarity fund' }}
    >
      <FormErrors form={form} />
      <form method="post" action={`${desk.base}/fund/money`} className="stack">
        <input type="hidden" name="key" value={form.values.key} />
        <RadioFields
          name="way"
          label="Which way"
          form={form}
          choices={[
            { value: 'in', label: 'Into the fund', hint: 'It pays for places from now on.' },
            {
              value: 'out',
              label: 'Out of it',
              hint: 'What was put in by hand and has paid for nobody yet.',
            },
          ]}
        />
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
          label="What it is"
          form={form}
          charactersMax={500}
          hint="As whoever reads the books next year will want it: who gave it, for what."
        />
        <Submit>Move it</Submit>
      </form>
    </DeskPage>
  );
}
