import type { ReactElement } from 'react';
import {
  type Availability,
  type DeskMethod,
  deskMethods,
  type Order,
  type TicketType,
  type WhyNotSelling,
} from '../../../domain/boxoffice/index.ts';
import { plainText, type Screening } from '../../../domain/screenings/index.ts';
import {
  DeskPage,
  EmptyState,
  FormErrors,
  type FormState,
  LinkButton,
  RadioFields,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { methodWords } from '../orders/words.ts';
import { DoorSale } from './door-sale.tsx';
import { HouseBar, OversoldWords, ScreeningTabs, screeningWords } from './parts.tsx';
import { Sold } from './sold.tsx';
import { boxOfficeRefusal, priceWords, windowWords } from './words.ts';

export type SalePageProps = {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly types: readonly TicketType[];
  readonly availability: Availability | null;
  readonly why: WhyNotSelling | 'no_box_office' | null;
  readonly hasInvoices: boolean;
  readonly isDoor: boolean;
  readonly form: FormState;
  /** What the choice comes to, where that was asked: minor units and currency. */
  readonly total: string | null;
  /** What was just sold, or taken back. */
  readonly sold: Order | null;
  /** The form's error is of undoing a sale. */
  readonly isUndoing?: boolean;
};

/** Sells and gives places: a form for the desk, big buttons for the door. */
export function SalePage(props: SalePageProps): ReactElement {
  const { desk, screening, availability, why, isDoor, form, sold, isUndoing = false } = props;
  return (
    <DeskPage
      desk={desk}
      title={screeningWords(screening)}
      about={plainText(screening.venue.name)}
      from={{ href: `${desk.base}/box-office`, label: 'Tickets' }}
      actions={why === null ? <OtherWay desk={desk} screening={screening} isDoor={isDoor} /> : undefined}
    >
      <ScreeningTabs desk={desk} id={screening.id} open="sale" />
      {sold === null ? null : <Sold desk={desk} order={sold} />}
      <FormErrors form={form} outcome={isUndoing ? 'Nothing was undone.' : 'Nothing was sold.'} />
      {availability === null ? null : (
        <>
          <OversoldWords availability={availability} />
          <div className="sale-left">
            <p>
              <strong>{availability.free.toLocaleString('en')}</strong> of{' '}
              {availability.places.toLocaleString('en')} places are free
            </p>
            <HouseBar availability={availability} />
          </div>
        </>
      )}
      {why !== null ? <NotSelling desk={desk} screening={screening} why={why} /> : null}
      {why === null && isDoor ? <DoorSale {...props} /> : null}
      {why === null && !isDoor ? <DeskSaleForm {...props} /> : null}
    </DeskPage>
  );
}

function OtherWay({
  desk,
  screening,
  isDoor,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly isDoor: boolean;
}): ReactElement {
  const at = `${desk.base}/screenings/${screening.id}/sale`;
  return isDoor ? (
    <LinkButton href={at}>Every field</LinkButton>
  ) : (
    <LinkButton href={`${at}?at=door`}>Big buttons for the door</LinkButton>
  );
}

function NotSelling({
  desk,
  screening,
  why,
}: Pick<SalePageProps, 'desk' | 'screening'> & { readonly why: string }): ReactElement {
  const href = `${desk.base}/screenings/${screening.id}/tickets`;
  return (
    <EmptyState title={boxOfficeRefusal(why) ?? 'Nothing is sold here.'}>
      <a href={href}>To its tickets</a>
    </EmptyState>
  );
}

/** The ways to pay that a sale may say. */
export function methodChoices(
  hasInvoices: boolean,
): { readonly value: DeskMethod; readonly label: string }[] {
  return deskMethods
    .filter((method) => method !== 'invoice' || hasInvoices)
    .map((value) => ({ value, label: methodWords[value] }));
}

function DeskSaleForm(props: SalePageProps): ReactElement {
  const { desk, screening, types, form, hasInvoices, total } = props;
  return (
    <form
      method="post"
      action={`${desk.base}/screenings/${screening.id}/sale`}
      className="desk-form type-form"
    >
      <input type="hidden" name="key" value={form.values.key} />
      <input type="hidden" name="at" value="desk" />
      <fieldset className="sale-types">
        <legend>How many</legend>
        {types.map((type) => (
          <TypeRow key={type.id} desk={desk} type={type} form={form} zone={screening.venue.timezone} />
        ))}
        <div className="sale-type">
          <p className="sale-type-name">
            Comp <span className="desk-under">Free by the house; say in the note for whom</span>
          </p>
          <Quantity name="comps" label="Comps" form={form} />
        </div>
      </fieldset>
      <fieldset className="desk-part">
        <legend>Who, and how it is paid</legend>
        <RadioFields name="method" label="Paid" form={form} choices={methodChoices(hasInvoices)} />
        <TextField name="name" label="Name" form={form} isOptional charactersMax={200} />
        <TextField
          name="address"
          type="email"
          label="E-mail address"
          hint="The tickets go there."
          form={form}
          isOptional
          charactersMax={254}
        />
        <TextField name="code" label="Code" form={form} isOptional charactersMax={80} />
        <TextField
          name="note"
          label="Note"
          hint="For the team alone."
          form={form}
          isOptional
          charactersMax={300}
        />
      </fieldset>
      {total === null ? null : <Total total={total} />}
      <div className="button-row">
        <Submit>Sell and give the tickets</Submit>
        <Submit look="plain" name="look" value="yes">
          Show the total
        </Submit>
      </div>
    </form>
  );
}

function Total({ total }: { readonly total: string }): ReactElement {
  const [amount = '0', currency = 'USD'] = total.split(' ');
  return (
    <p className="sale-total" role="status">
      In all <strong>{sayMoney(Number(amount), currency)}</strong>
    </p>
  );
}

function TypeRow({
  desk,
  type,
  form,
  zone,
}: {
  readonly desk: Desk;
  readonly type: TicketType;
  readonly form: FormState;
  readonly zone: string;
}): ReactElement {
  const name = plainText(type.name);
  return (
    <div className="sale-type">
      <p className="sale-type-name">
        {name}
        <span className="desk-under">
          {priceWords(type)}
          {type.saleFrom || type.saleUntil ? ` · ${windowWords(type, zone, desk.now)}` : ''}
          {type.needsCode ? ' · hidden' : ''}
        </span>
      </p>
      {type.kind === 'pwyw' ? (
        <Quantity name={`a-${type.id}`} label={`${name}: what they give for each`} form={form} isMoney />
      ) : null}
      <Quantity name={`q-${type.id}`} label={`${name}: how many`} form={form} />
    </div>
  );
}

function Quantity({
  name,
  label,
  form,
  isMoney = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly form: FormState;
  readonly isMoney?: boolean;
}): ReactElement {
  const error = form.errors[name];
  const id = `f-${name}`;
  return (
    <span className={error === undefined ? 'sale-quantity' : 'sale-quantity is-wrong'}>
      <label htmlFor={id} className="only-read">
        {label}
      </label>
      <input
        id={id}
        name={name}
        inputMode={isMoney ? 'decimal' : 'numeric'}
        placeholder={isMoney ? undefined : '0'}
        maxLength={isMoney ? 20 : 3}
        autoComplete="off"
        defaultValue={form.values[name]}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
      />
      {error === undefined ? null : (
        <span className="desk-error" id={`${id}-error`}>
          {error}
        </span>
      )}
    </span>
  );
}
