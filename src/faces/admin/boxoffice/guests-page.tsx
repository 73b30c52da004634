import type { ReactElement } from 'react';
import type { Availability, GuestHold } from '../../../domain/boxoffice/index.ts';
import { plainText, type Screening } from '../../../domain/screenings/index.ts';
import {
  DeskPage,
  EmptyState,
  FormErrors,
  type FormState,
  freshForm,
  LongTextField,
  type NoticeWords,
  PostButton,
  Submit,
  TextField,
  When,
} from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { HouseFigures, OversoldWords, ScreeningTabs, screeningWords } from './parts.tsx';

export type GuestsPageProps = {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly availability: Availability | null;
  readonly holds: readonly GuestHold[];
  /** What came back, and of which hold's form; null: of the form that keeps places. */
  readonly form: FormState;
  readonly holdId: string | null;
  readonly newKey: () => string;
  readonly notice: NoticeWords | null;
};

/** Places for guests of the house: kept out of the sale until they are given back or made tickets of. */
export function GuestsPage(props: GuestsPageProps): ReactElement {
  const { desk, screening, availability, holds, form, holdId, notice } = props;
  return (
    <DeskPage
      desk={desk}
      title={screeningWords(screening)}
      about={plainText(screening.venue.name)}
      from={{ href: `${desk.base}/box-office`, label: 'Tickets' }}
      notice={notice}
    >
      <ScreeningTabs desk={desk} id={screening.id} open="guests" />
      <FormErrors form={form} idPrefix={holdId ?? 'f'} />
      {availability === null ? (
        <EmptyState title="There are no places yet">
          <a href={`${desk.base}/screenings/${screening.id}/tickets`}>Say how many there are</a>, then some
          can be kept for guests.
        </EmptyState>
      ) : (
        <>
          <OversoldWords availability={availability} />
          <HouseFigures availability={availability} />
          <KeepForm {...props} />
          <section className="desk-section">
            <h2>Kept for guests</h2>
            {holds.length === 0 ? (
              <EmptyState title="Nothing is kept">
                Places that are kept count as given: nobody buys them. Give them back, or make tickets of
                them.
              </EmptyState>
            ) : (
              <ul className="guest-holds">
                {holds.map((hold) => (
                  <Hold key={hold.id} {...props} hold={hold} />
                ))}
              </ul>
            )}
          </section>
        </>
      )}
    </DeskPage>
  );
}

function KeepForm({ desk, screening, form, holdId }: GuestsPageProps): ReactElement {
  const own = holdId === null ? form : freshForm;
  return (
    <form method="post" action={`${desk.base}/screenings/${screening.id}/guests`} className="inline-fields">
      <TextField name="places" label="Keep places" inputMode="numeric" form={own} charactersMax={3} />
      <TextField name="note" label="For whom" form={own} charactersMax={200} />
      <Submit look="plain">Keep them</Submit>
    </form>
  );
}

function Hold(props: GuestsPageProps & { readonly hold: GuestHold }): ReactElement {
  const { desk, screening, hold, holdId, form, newKey } = props;
  const at = `${desk.base}/screenings/${screening.id}/guests/${hold.id}`;
  const isOpen = holdId === hold.id;
  const own = isOpen ? form : { values: { places: String(hold.places), key: newKey() }, errors: {} };
  const field = { form: own, idPrefix: hold.id };
  return (
    <li>
      <div className="guest-hold">
        <p>
          <strong>
            {hold.places} {hold.places === 1 ? 'place' : 'places'}
          </strong>{' '}
          for {hold.note}
          <span className="desk-under">
            Kept <When at={hold.madeAt} now={desk.now} />
          </span>
        </p>
        <PostButton action={`${at}/release`} label={`Give back the places for ${hold.note}`}>
          Give back
        </PostButton>
      </div>
      <details open={isOpen}>
        <summary>Make tickets of them</summary>
        <form method="post" action={`${at}/tickets`} className="stack rules-form">
          <input type="hidden" name="key" value={own.values.key} />
          <TextField
            {...field}
            name="name"
            label="For whom"
            hint="The order is kept under this name."
            charactersMax={200}
          />
          <TextField
            {...field}
            name="address"
            type="email"
            label="E-mail address"
            hint="The tickets go there. Without one they are only on the list at the door."
            isOptional
            charactersMax={254}
          />
          <TextField {...field} name="places" label="How many" inputMode="numeric" charactersMax={3} />
          <LongTextField
            {...field}
            name="guests"
            label="Who comes"
            hint="One name a line."
            isOptional
            rows={3}
          />
          <Submit>Make tickets</Submit>
        </form>
      </details>
    </li>
  );
}
