import type { ReactElement } from 'react';
import { DeskPage, FormErrors, type FormState, Submit, TextField } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

/** Makes codes for a steward. */
export function GrantCodesPage({
  desk,
  form,
}: {
  readonly desk: Desk;
  readonly form: FormState;
}): ReactElement {
  const here = `${desk.base}/fund`;
  return (
    <DeskPage
      desk={desk}
      title="Codes for a steward"
      about="A code pays a place from the fund, typed into the box for codes where tickets are chosen. The steward knows to whom each one goes; nothing in the film’s records says it."
      from={{ href: here, label: 'Solidarity fund' }}
    >
      <FormErrors form={form} />
      <form method="post" action={`${here}/codes`} className="stack">
        <TextField
          name="steward"
          label="Who hands them on"
          form={form}
          charactersMax={200}
          hint="An organisation or a person of one, such as Local One."
        />
        <TextField name="count" label="How many codes" form={form} inputMode="numeric" />
        <TextField
          name="uses_max"
          label="Places for each code"
          form={form}
          inputMode="numeric"
          hint="With 1, each code is one person’s. A code for 25 can be read out in a meeting."
        />
        <TextField
          name="good_until"
          type="date"
          label="Good through the day"
          form={form}
          isOptional
          hint="Leave it empty for no end."
        />
        <Submit>Make the codes</Submit>
      </form>
    </DeskPage>
  );
}
