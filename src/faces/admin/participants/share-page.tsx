import type { ReactElement } from 'react';
import { type Participant, shareBases } from '../../../domain/ledger/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
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
import { screeningLabel } from '../fund/screening-label.ts';
import { baseWords, channelWords } from './words.ts';

/** What a participant's share is: how much, of what, of which sales, up to what. */
export function SharePage({
  desk,
  participant,
  screenings,
  form,
  currencies,
}: {
  readonly desk: Desk;
  readonly participant: Participant;
  readonly screenings: readonly Screening[];
  readonly form: FormState;
  readonly currencies: readonly string[];
}): ReactElement {
  const here = `${desk.base}/participants/${participant.id}`;
  return (
    <DeskPage
      desk={desk}
      title={`A share for ${participant.name}`}
      about="It holds for what is sold from now on. After a refund the share becomes what the rule gives on what remains. A rule is never changed: end it and add another."
      from={{ href: here, label: participant.name }}
    >
      <FormErrors form={form} />
      <form method="post" action={`${here}/shares`} className="stack">
        <RadioFields
          name="how"
          label="How much"
          form={form}
          choices={[
            { value: 'percent', label: 'A percentage' },
            { value: 'fixed', label: 'A sum of each sale' },
          ]}
        />
        <TextField
          name="percent"
          label="Percent"
          form={form}
          isOptional
          charactersMax={10}
          hint="Such as 30 or 12.5"
        />
        <TextField
          name="amount"
          label="Sum of each sale"
          form={form}
          isOptional
          charactersMax={30}
          hint="Only where it is a sum."
        />
        <ChoiceField
          name="base"
          label="Of what"
          form={form}
          choices={shareBases.map((value) => ({ value, label: baseWords[value] }))}
        />
        <ChoiceField
          name="screening"
          label="Where"
          form={form}
          isOptional
          none="All screenings"
          choices={screenings.map((screening) => ({ value: screening.id, label: screeningLabel(screening) }))}
        />
        <ChoiceField
          name="channel"
          label="How it was sold"
          form={form}
          isOptional
          none="Any way"
          choices={Object.entries(channelWords).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          name="cap"
          label="In all at most"
          form={form}
          isOptional
          charactersMax={30}
          hint="Leave it empty for no limit."
        />
        <ChoiceField
          name="currency"
          label="Currency of a sum or a limit"
          form={form}
          choices={currencies.map((code) => ({ value: code, label: code }))}
        />
        <Submit>Add the share</Submit>
      </form>
    </DeskPage>
  );
}
