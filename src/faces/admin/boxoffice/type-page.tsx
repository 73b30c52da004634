import type { ReactElement } from 'react';
import type { TicketType, TicketTypeDraft } from '../../../domain/boxoffice/index.ts';
import { plainText, type Screening } from '../../../domain/screenings/index.ts';
import {
  ButtonRow,
  CheckField,
  ChoiceField,
  DeskPage,
  FormErrors,
  type FormState,
  RadioFields,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import { sayZone } from '../../../ui/dates.ts';
import type { Desk } from '../desk.ts';
import { screeningWords } from './parts.tsx';
import { nameOf } from './type-values.ts';
import { priceWords, windowWords } from './words.ts';

export type TypePageProps = {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly languages: readonly string[];
  /** Null while it is being added. */
  readonly type: TicketType | null;
  readonly form: FormState;
  /** What was typed, where it reads as a type. */
  readonly draft: TicketTypeDraft | null;
  /** More than one only while no other type has said it. */
  readonly currencies: readonly string[];
};

/** One ticket type: what it is called, what it costs, when and for whom it is on sale. */
export function TypePage(props: TypePageProps): ReactElement {
  const { desk, screening, type, form, draft } = props;
  const at = `${desk.base}/screenings/${screening.id}/tickets`;
  return (
    <DeskPage
      desk={desk}
      title={type === null ? 'Add a ticket type' : plainText(type.name)}
      about={screeningWords(screening)}
      from={{ href: at, label: 'Tickets' }}
    >
      <FormErrors form={form} />
      {draft === null ? null : <AsBuyersRead desk={desk} screening={screening} draft={draft} />}
      <form
        method="post"
        action={type === null ? `${at}/types/new` : `${at}/types/${type.id}`}
        className="desk-form type-form"
      >
        <Name {...props} />
        <Price {...props} />
        <When {...props} />
        <ButtonRow>
          <Submit>{type === null ? 'Add it' : 'Save'}</Submit>
          <Submit look="plain" name="look" value="yes">
            Show what buyers read
          </Submit>
        </ButtonRow>
      </form>
    </DeskPage>
  );
}

function AsBuyersRead({
  desk,
  screening,
  draft,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly draft: TicketTypeDraft;
}): ReactElement {
  const { venue } = screening;
  return (
    <figure className="as-read">
      <figcaption>What buyers read</figcaption>
      <p className="as-read-name">
        {plainText(draft.name)} <span>{priceWords(draft)}</span>
      </p>
      {draft.about === null ? null : <p>{plainText(draft.about)}</p>}
      <p className="quiet">
        {windowWords({ ...draft, withdrawnAt: null }, venue.timezone, desk.now)}. At most {draft.perOrderMax}{' '}
        in an order{draft.placesMax === null ? '' : `, ${draft.placesMax} in all`}.
        {draft.needsCode ? ' Shown to those alone who bring a code for it.' : ''}
        {draft.kind === 'comp' ? ' Never on the site: the team gives it, at the desk and at the door.' : ''}
      </p>
    </figure>
  );
}

type PartProps = Pick<TypePageProps, 'form' | 'languages'>;

function Name({ form, languages }: PartProps): ReactElement {
  const fields = languages.map((language, at) => ({
    language,
    at,
    more: languages.length < 2 ? '' : ` (${language})`,
  }));
  return (
    <fieldset className="desk-part">
      <legend>What it is</legend>
      {fields.map(({ language, at, more }) => (
        <TextField
          key={language}
          name={nameOf('name', languages, at)}
          label={`Name${more}`}
          form={form}
          isOptional={at > 0}
          charactersMax={300}
          {...(at === 0 ? { hint: 'Such as General, Students, Solidarity' } : {})}
        />
      ))}
      {fields.map(({ language, at, more }) => (
        <TextField
          key={language}
          name={nameOf('about', languages, at)}
          label={`A line about it${more}`}
          form={form}
          isOptional
          charactersMax={300}
        />
      ))}
    </fieldset>
  );
}

function Price({ form, currencies }: Pick<TypePageProps, 'form' | 'currencies'>): ReactElement {
  const [only = ''] = currencies;
  return (
    <fieldset className="desk-part">
      <legend>What it costs</legend>
      <RadioFields
        name="kind"
        label="Kind"
        form={form}
        choices={[
          { value: 'fixed', label: 'One price', hint: 'Everybody pays the same' },
          {
            value: 'pwyw',
            label: 'Pay what you can',
            hint: 'Between a minimum and a maximum, with a suggestion',
          },
          { value: 'free', label: 'Free', hint: 'A place is reserved, nothing is paid' },
          { value: 'comp', label: 'Comp', hint: 'Free by the house: given by the team alone' },
        ]}
      />
      {currencies.length > 1 ? (
        <ChoiceField
          name="currency"
          label="Currency"
          hint="The first type says it for the whole screening."
          form={form}
          choices={currencies.map((code) => ({ value: code, label: code }))}
        />
      ) : (
        <input type="hidden" name="currency" value={only} />
      )}
      <TextField
        name="price"
        label={currencies.length > 1 ? 'Price' : `Price in ${only}`}
        hint="Of one place. Where people pay what they can: what you suggest."
        form={form}
        isOptional
        charactersMax={20}
      />
      <TextField
        name="price_min"
        label="Minimum"
        hint="Only where people pay what they can; 0 is allowed."
        form={form}
        isOptional
        charactersMax={20}
      />
      <TextField
        name="price_max"
        label="Maximum"
        hint="Only where people pay what they can."
        form={form}
        isOptional
        charactersMax={20}
      />
    </fieldset>
  );
}

function When({ form, screening }: Pick<TypePageProps, 'form' | 'screening'>): ReactElement {
  const { venue, startsAt } = screening;
  const clock = `On the venue’s clock (${sayZone(startsAt, venue.timezone)}).`;
  return (
    <fieldset className="desk-part">
      <legend>When, and how many</legend>
      <TextField
        name="sale_from"
        type="datetime-local"
        label="On sale from"
        hint={`${clock} Empty: as soon as the screening is on sale.`}
        form={form}
        isOptional
      />
      <TextField
        name="sale_until"
        type="datetime-local"
        label="On sale until"
        hint={`${clock} Empty: until the end.`}
        form={form}
        isOptional
      />
      <TextField
        name="places_max"
        label="At most in all"
        hint="Of the screening’s places, as this type. Empty: all of them."
        inputMode="numeric"
        form={form}
        isOptional
        charactersMax={7}
      />
      <TextField
        name="per_order_max"
        label="At most in one order"
        inputMode="numeric"
        form={form}
        charactersMax={3}
      />
      <CheckField
        name="needs_code"
        label="Hidden: only who brings a code for it sees it"
        hint="Make that code under Codes, for this ticket type."
        form={form}
      />
    </fieldset>
  );
}
