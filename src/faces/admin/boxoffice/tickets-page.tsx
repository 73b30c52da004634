import type { ReactElement, ReactNode } from 'react';
import type { Availability, TicketType, TypeCount } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { plainText, type Screening, shownState } from '../../../domain/screenings/index.ts';
import {
  Badge,
  type Column,
  DeskPage,
  DeskTable,
  EmptyState,
  FormErrors,
  type FormState,
  LinkButton,
  type NoticeWords,
  PostButton,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { HouseFigures, OversoldWords, ScreeningTabs, screeningWords } from './parts.tsx';
import { RefundPart } from './refund-part.tsx';
import { SalePart } from './sale-part.tsx';
import { priceWords, windowWords } from './words.ts';

export type TicketsPageProps = {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly availability: Availability | null;
  readonly types: readonly TicketType[];
  readonly counts: ReadonlyMap<string, TypeCount>;
  /** How many orders have good tickets. */
  readonly toRefund: number;
  /** Other screenings whose types can be copied. */
  readonly others: readonly Screening[];
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

/** What a screening sells: places, ticket types, and whether it is on sale. */
export function TicketsPage(props: TicketsPageProps): ReactElement {
  const { desk, screening, availability, notice, form } = props;
  const mayManage = may(desk.role, 'boxoffice.manage');
  return (
    <DeskPage
      desk={desk}
      title={screeningWords(screening)}
      about={plainText(screening.venue.name)}
      from={{ href: `${desk.base}/box-office`, label: 'Tickets' }}
      notice={notice}
      actions={screening.isPrivate ? undefined : <PublicPage desk={desk} screening={screening} />}
    >
      <ScreeningTabs desk={desk} id={screening.id} open="tickets" />
      <FormErrors form={form} />
      {availability === null ? null : <OversoldWords availability={availability} />}
      <RefundPart {...props} />
      {mayManage ? <SalePart {...props} /> : null}
      <section className="desk-section">
        <h2>Places</h2>
        {availability === null ? (
          <p className="quiet">Nobody has said yet how many people the room holds.</p>
        ) : (
          <HouseFigures availability={availability} />
        )}
        {mayManage ? <PlacesForm {...props} /> : null}
      </section>
      {availability !== null ? <Types {...props} mayManage={mayManage} /> : null}
      {availability === null && mayManage ? <Copy {...props} /> : null}
    </DeskPage>
  );
}

function PublicPage({
  desk,
  screening,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
}): ReactElement {
  return <LinkButton href={`/films/${desk.film.slug}/screenings/${screening.slug}`}>See its page</LinkButton>;
}

function PlacesForm({ desk, screening, availability, form }: TicketsPageProps): ReactElement {
  const at = `${desk.base}/screenings/${screening.id}/tickets`;
  return (
    <form method="post" action={`${at}/places`} className="inline-fields">
      <TextField
        name="places"
        label={availability === null ? 'How many places are there?' : 'Number of places'}
        hint="All ticket types share them. Fewer than were sold is allowed: then nothing more is sold."
        inputMode="numeric"
        form={form}
        charactersMax={7}
      />
      <Submit look={availability === null ? 'main' : 'plain'}>Keep this</Submit>
    </form>
  );
}

function Types(props: TicketsPageProps & { readonly mayManage: boolean }): ReactElement {
  const { desk, screening, types, mayManage } = props;
  const at = `${desk.base}/screenings/${screening.id}/tickets`;
  const shown = types.filter(({ withdrawnAt }) => withdrawnAt === null);
  const withdrawn = types.filter(({ withdrawnAt }) => withdrawnAt !== null);
  const add = (
    <LinkButton look={shown.length === 0 ? 'main' : 'plain'} href={`${at}/types/new`}>
      Add a ticket type
    </LinkButton>
  );
  return (
    <section className="desk-section">
      <h2>Ticket types</h2>
      <DeskTable
        caption="Ticket types"
        rows={shown}
        keyOf={({ id }) => id}
        columns={columnsOf(props, shown)}
        empty={
          <EmptyState title="No ticket type yet" action={mayManage ? add : undefined}>
            A type is what people choose: General, Students, Pay what you can, a free RSVP. Several share the
            same places.
          </EmptyState>
        }
      />
      {mayManage && shown.length > 0 ? <div className="button-row">{add}</div> : null}
      {mayManage ? <Copy {...props} /> : null}
      {withdrawn.length === 0 ? null : (
        <details className="desk-more">
          <summary>Withdrawn: {withdrawn.length}</summary>
          <DeskTable
            caption="Withdrawn ticket types"
            rows={withdrawn}
            keyOf={({ id }) => id}
            columns={columnsOf(props, [])}
            empty={null}
          />
        </details>
      )}
    </section>
  );
}

function columnsOf(
  props: TicketsPageProps & { readonly mayManage: boolean },
  shown: readonly TicketType[],
): Column<TicketType>[] {
  const { desk, screening, counts, mayManage } = props;
  const at = `${desk.base}/screenings/${screening.id}/tickets/types`;
  const zone = screening.venue.timezone;
  const columns: Column<TicketType>[] = [
    {
      name: 'Type',
      kind: 'lead',
      cell: (type) => (
        <>
          {mayManage ? <a href={`${at}/${type.id}`}>{plainText(type.name)}</a> : plainText(type.name)}
          {type.needsCode ? <Badge>With a code</Badge> : null}
        </>
      ),
    },
    {
      name: 'Price',
      cell: (type) => (
        <>
          {priceWords(type)}
          <span className="desk-under">At most {type.perOrderMax} in an order</span>
        </>
      ),
    },
    { name: 'On sale', cell: (type) => windowWords(type, zone, desk.now) },
    {
      name: 'Sold',
      kind: 'figure',
      cell: (type) => {
        const { sold, held } = counts.get(type.id) ?? { sold: 0, held: 0 };
        return (
          <>
            {sold}
            {type.placesMax === null ? '' : ` of ${type.placesMax}`}
            {held === 0 ? null : <span className="desk-under">{held} being paid</span>}
          </>
        );
      },
    },
  ];
  if (!mayManage) return columns;
  return [
    ...columns,
    { name: 'Actions', kind: 'actions', cell: (type) => <TypeActions at={at} type={type} shown={shown} /> },
  ];
}

function TypeActions({
  at,
  type,
  shown,
}: {
  readonly at: string;
  readonly type: TicketType;
  readonly shown: readonly TicketType[];
}): ReactElement {
  const name = plainText(type.name);
  const place = shown.indexOf(type);
  const move = (to: 'up' | 'down', words: string): ReactNode => (
    <PostButton action={`${at}/${type.id}/moves`} fields={{ to }} look="link" label={`Move ${name} ${to}`}>
      {words}
    </PostButton>
  );
  if (type.withdrawnAt !== null)
    return (
      <PostButton action={`${at}/${type.id}/return`} look="link" label={`Return ${name}`}>
        Put back
      </PostButton>
    );
  return (
    <>
      {place > 0 ? move('up', 'Up') : null}
      {place >= 0 && place < shown.length - 1 ? move('down', 'Down') : null}
      <PostButton action={`${at}/${type.id}/withdrawal`} look="link" label={`Withdraw ${name}`}>
        Withdraw
      </PostButton>
    </>
  );
}

function Copy({ desk, screening, availability, others }: TicketsPageProps): ReactElement | null {
  if (others.length === 0) return null;
  return (
    <form
      method="post"
      action={`${desk.base}/screenings/${screening.id}/tickets/copies`}
      className="inline-fields"
    >
      <div className="desk-field">
        <label htmlFor="f-from">
          {availability === null
            ? 'Or copy places and types of another screening'
            : 'Copy the types of another screening'}
        </label>
        <select id="f-from" name="from">
          {others.map((other) => (
            <option key={other.id} value={other.id}>
              {screeningWords(other)}
              {shownState(other, desk.now) === 'past' ? ' (past)' : ''}
            </option>
          ))}
        </select>
      </div>
      <Submit look="plain">Copy them</Submit>
    </form>
  );
}
