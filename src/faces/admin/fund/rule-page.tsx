import type { ReactElement } from 'react';
import { claimants, type GrantRule } from '../../../domain/fund/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import {
  CheckField,
  ChoiceField,
  DeskPage,
  FormErrors,
  type FormState,
  PostButton,
  RadioFields,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { screeningLabel } from './screening-label.ts';
import { claimantWords } from './words.ts';

export type RulePageProps = {
  readonly desk: Desk;
  readonly form: FormState;
  /** null: a new one. */
  readonly rule: GrantRule | null;
  readonly currencies: readonly string[];
  readonly screenings: readonly Screening[];
};

/** One rule of the fund. Saved for a channel that has one, it takes its place. */
export function RulePage({ desk, form, rule, currencies, screenings }: RulePageProps): ReactElement {
  const here = `${desk.base}/fund`;
  return (
    <DeskPage
      desk={desk}
      title={rule === null ? 'A rule of the fund' : 'The rule'}
      about="Whoever claims a place pays nothing, whatever the rule says: what the fund does not pay of the price, the film forgoes."
      from={{ href: here, label: 'Solidarity fund' }}
    >
      <FormErrors form={form} />
      <form method="post" action={`${here}/rules`} className="stack">
        <ChoiceField
          name="screening"
          label="Where"
          form={form}
          isOptional
          none="All screenings that have no rule of their own"
          choices={screenings.map((screening) => ({ value: screening.id, label: screeningLabel(screening) }))}
        />
        <ChoiceField
          name="currency"
          label="Currency"
          form={form}
          choices={currencies.map((code) => ({ value: code, label: code }))}
        />
        <TextField
          name="pays_max"
          label="A grant pays at most"
          form={form}
          isOptional
          charactersMax={30}
          hint="Leave it empty and the fund pays the whole price of a place. What people give as they can counts as what is suggested."
        />
        <RadioFields
          name="who"
          label="Who may claim one"
          form={form}
          choices={claimants.map((value) => ({ value, ...claimantWords[value] }))}
        />
        <CheckField
          name="needs_address"
          label="Whoever claims without a code leaves an e-mail address"
          form={form}
          hint="Without it the limit below holds for those alone who leave one."
        />
        <TextField
          name="per_address_max"
          label="Places for one address"
          form={form}
          inputMode="numeric"
          hint="The fund remembers an address as a mark that nobody can read back."
        />
        <TextField name="per_address_days" label="Within how many days" form={form} inputMode="numeric" />
        <TextField
          name="places_max"
          label="Places at one screening"
          form={form}
          isOptional
          inputMode="numeric"
          hint="Leave it empty for as many as the fund pays for."
        />
        <TextField
          name="offer_hours"
          label="Hours that an offer is kept"
          form={form}
          inputMode="numeric"
          hint="For somebody who waited while the fund was empty; then it goes to the next."
        />
        <Submit>Save the rule</Submit>
      </form>
      {rule === null || rule.screeningId === null ? null : (
        <section className="desk-section">
          <h2>Go by the rule for all screenings again</h2>
          <PostButton action={`${here}/rules/${rule.id}/removal`}>Take this rule away</PostButton>
        </section>
      )}
    </DeskPage>
  );
}
