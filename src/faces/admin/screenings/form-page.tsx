import type { ReactElement, ReactNode } from 'react';
import {
  accessMarks,
  plainText,
  type Screening,
  screeningKinds,
  screeningStates,
  shownState,
  type Venue,
} from '../../../domain/screenings/index.ts';
import {
  ButtonRow,
  CheckField,
  ChoiceField,
  DeskPage,
  FormErrors,
  type FormState,
  LinkButton,
  type NoticeWords,
  PostButton,
  RadioFields,
  Submit,
  TextField,
} from '../../../ui/admin/index.ts';
import { words } from '../../../ui/words/index.ts';
import { ScreeningTabs } from '../boxoffice/parts.tsx';
import type { Desk } from '../desk.ts';
import { InLanguages, Mark, Sentence, Twice } from './form-fields.tsx';
import { zoneNames } from './zone-names.ts';

type PageProps = {
  readonly desk: Desk;
  readonly languages: readonly string[];
  readonly timezone: string;
  readonly venues: readonly Venue[];
  /** Null while it is being added. */
  readonly screening: Screening | null;
  readonly form: FormState;
  readonly notice: NoticeWords | null;
};

type PartProps = Pick<PageProps, 'languages' | 'form'>;

const said = words('en').screenings;

/** One screening's form; what is said here once stands everywhere. */
export function ScreeningFormPage(props: PageProps): ReactElement {
  const { desk, screening, form, notice } = props;
  const at = `${desk.base}/screenings`;
  const title = screening === null ? 'Add a screening' : titleOf(screening);
  return (
    <DeskPage
      desk={desk}
      title={title}
      notice={notice}
      from={{ href: at, label: 'Screenings' }}
      actions={screening === null ? undefined : <Actions desk={desk} screening={screening} />}
    >
      {screening === null ? null : <ScreeningTabs desk={desk} id={screening.id} open="screening" />}
      <FormErrors form={form} />
      <form
        method="post"
        action={screening === null ? `${at}/new` : `${at}/${screening.id}`}
        className="desk-form"
      >
        <input type="hidden" name="version" value={form.values.version ?? ''} />
        <When {...props} />
        <Where {...props} />
        <GettingIn {...props} />
        <Words {...props} />
        <Access form={form} />
        <Part title="On the site">
          <TextField
            name="slug"
            label="Address"
            hint="The last part of its page's address. Left empty, city and day make one. An old address keeps leading here."
            form={form}
            isOptional
            charactersMax={80}
          />
          <CheckField
            name="private"
            label="Private"
            hint="On no page, map, calendar or feed: for a workplace, a living room, or until it is ready."
            form={form}
          />
        </Part>
        <ButtonRow>
          <Submit>{screening === null ? 'Add this screening' : 'Save'}</Submit>
          <LinkButton look="link" href={at}>
            Leave without saving
          </LinkButton>
        </ButtonRow>
      </form>
    </DeskPage>
  );
}

function titleOf({ venue, kind, local }: Screening): string {
  const place = kind === 'virtual' ? said.online : plainText(venue.city ?? venue.name);
  return `${place}, ${local.date}`;
}

function Actions({ desk, screening }: { readonly desk: Desk; readonly screening: Screening }): ReactElement {
  const at = `${desk.base}/screenings/${screening.id}`;
  const state = shownState(screening, desk.now);
  const isOff = state === 'cancelled' || state === 'postponed';
  return (
    <>
      {screening.isPrivate ? null : (
        <LinkButton href={`/films/${desk.film.slug}/screenings/${screening.slug}`}>See its page</LinkButton>
      )}
      <PostButton action={`${at}/copies`}>Copy</PostButton>
      {isOff ? <PostButton action={`${at}/restoration`}>Restore</PostButton> : null}
      {isOff ? null : <PostButton action={`${at}/postponement`}>Postpone</PostButton>}
      {state === 'cancelled' ? null : <PostButton action={`${at}/cancellation`}>Cancel it</PostButton>}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <fieldset className="desk-part">
      <legend>{title}</legend>
      {children}
    </fieldset>
  );
}

function When({ form }: PartProps): ReactElement {
  return (
    <Part title="When">
      <TextField name="date" type="date" label="Day" form={form} />
      <TextField
        name="time"
        type="time"
        label="Time"
        hint="On the venue's clock. Leave it empty while only the day is known."
        form={form}
        isOptional
      />
      <Twice form={form} />
      <Sentence form={form} />
      <ChoiceField
        name="kind"
        label="Kind"
        form={form}
        choices={screeningKinds.map((value) => ({ value, label: said.kinds[value] }))}
      />
      <ChoiceField
        name="state"
        label="State"
        hint="Once its day is over it is shown as past by itself."
        form={form}
        choices={screeningStates.map((value) => ({ value, label: said.states[value] }))}
      />
    </Part>
  );
}

function Where({ languages, form, venues, timezone }: PageProps): ReactElement {
  const zones = zoneNames([form.values.timezone ?? '', timezone, ...venues.map((venue) => venue.timezone)]);
  return (
    <Part title="Where">
      {venues.length === 0 ? null : (
        <ChoiceField
          name="venue_id"
          label="Venue"
          hint="Choose one that is known, or type it below. Changing its zone, region or point below corrects it everywhere; another name, street or city makes a new one."
          form={form}
          isOptional
          none="The one typed below"
          choices={venues.map((venue) => ({
            value: venue.id,
            label: [venue.name, venue.street ?? '', venue.city ?? '']
              .map((part) => plainText(part))
              .filter((part) => part !== '')
              .join(', '),
          }))}
        />
      )}
      <InLanguages column="venue" label="Name" languages={languages} form={form} />
      <InLanguages column="street" label="Street" languages={languages.slice(0, 1)} form={form} />
      <InLanguages column="city" label="City" languages={languages} form={form} />
      <TextField name="postcode" label="Postcode" form={form} isOptional charactersMax={20} />
      <InLanguages column="region" label="State or region" languages={languages.slice(0, 1)} form={form} />
      <TextField
        name="country"
        label="Country"
        hint="Two letters: US, GB, CA"
        form={form}
        isOptional
        charactersMax={2}
      />
      <ChoiceField
        name="timezone"
        label="Time zone"
        hint="Left open, the likely one is proposed from country and point."
        form={form}
        isOptional
        none="Propose one"
        choices={zones}
      />
      <TextField
        name="latitude"
        label="Latitude"
        hint="Left empty with a U.S. ZIP code, the middle of its area is taken."
        form={form}
        isOptional
      />
      <TextField name="longitude" label="Longitude" form={form} isOptional />
      {(['step_free', 'hearing_loop', 'wide_seats'] as const).map((mark) => (
        <Mark key={mark} name={`venue_${mark}`} label={`${said.access[mark]} in this house`} form={form} />
      ))}
    </Part>
  );
}

function GettingIn({ languages, form }: PartProps): ReactElement {
  const shown = { ...form, values: { ...form.values, admission: admissionOf(form) } };
  return (
    <Part title="Getting in">
      <RadioFields
        name="admission"
        label="Admission"
        form={shown}
        choices={[
          { value: '', label: 'Not said yet' },
          { value: 'external', label: 'Tickets elsewhere, at the link below' },
          { value: 'free', label: 'Free' },
          { value: 'free-link', label: 'Free, with a place reserved at the link below' },
        ]}
      />
      <TextField name="link" type="url" label="Link" form={form} isOptional charactersMax={2_000} />
      <InLanguages
        column="prices"
        label="Prices"
        hint="In words: $14 / $10 / $7"
        languages={languages}
        form={form}
      />
    </Part>
  );
}

function admissionOf({ values: { admission = '', link = '' } }: FormState): string {
  return admission === 'free' && link !== '' ? 'free-link' : admission;
}

function Words({ languages, form }: PartProps): ReactElement {
  return (
    <Part title="Who is there">
      <InLanguages
        column="with"
        label="Presented with"
        hint="One a line"
        languages={languages}
        form={form}
        isLong
      />
      <InLanguages
        column="guests"
        label="Guests"
        hint="One a line; after a | what there is to say about them: Brett Story | director, for a talk after the film"
        languages={languages}
        form={form}
        isLong
      />
    </Part>
  );
}

function Access({ form }: { readonly form: FormState }): ReactElement {
  return (
    <Part title="Access at this screening">
      {accessMarks.map((mark) => (
        <Mark key={mark} name={mark} label={said.access[mark]} form={form} />
      ))}
    </Part>
  );
}
