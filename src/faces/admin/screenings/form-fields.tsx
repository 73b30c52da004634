import type { ReactElement } from 'react';
import {
  columnIn,
  isTwice,
  parseLocalStart,
  startMoments,
  type TextColumn,
} from '../../../domain/screenings/index.ts';
import {
  ChoiceField,
  type FormState,
  LongTextField,
  RadioFields,
  TextField,
} from '../../../ui/admin/index.ts';
import { sayMoment } from '../../../ui/dates.ts';

type Told = { readonly at: ReturnType<typeof sayMoment>; readonly offsets: readonly string[] };

/** What people will be told, as far as the typed fields say it. */
function toldOf({ values }: FormState): Told | null {
  const { date = '', time = '', timezone = '', offset = '' } = values;
  const start = parseLocalStart(time === '' ? date : `${date}T${time.slice(0, 5)}${offset}`);
  const moments = start === null ? 'not_a_local_time' : startMoments(start, timezone);
  if (start === null || start.time === null || typeof moments === 'string') return null;
  const earlier = moments.startsAt.toZonedDateTimeISO(timezone);
  const other = earlier.add({ hours: offset === '' || offset === earlier.offset ? 1 : -1 });
  const offsets = isTwice(start, timezone) ? [earlier.offset, other.offset] : [earlier.offset];
  return { at: sayMoment(moments.startsAt, timezone, 'en'), offsets };
}

/** What people are told, and the offset that holds on that day. */
export function Sentence({ form }: { readonly form: FormState }): ReactElement | null {
  const told = toldOf(form);
  if (told === null) return null;
  return (
    <p className="desk-hint">
      People are told: <strong>{told.at}</strong> (UTC{told.offsets[0]} on that day).
    </p>
  );
}

/** Asks which of two equal times is meant, on the night when there are two. */
export function Twice({ form }: { readonly form: FormState }): ReactElement | null {
  const told = toldOf({ ...form, values: { ...form.values, offset: '' } });
  if (told === null || told.offsets.length < 2) return null;
  const [first = '', second = ''] = told.offsets;
  return (
    <RadioFields
      name="offset"
      label="Which of the two"
      hint="Clocks go back that night, so they show this time twice."
      form={form}
      choices={[
        { value: first, label: 'The first', hint: ` before the clocks change (UTC${first})` },
        { value: second, label: 'The second', hint: ` an hour later (UTC${second})` },
      ]}
    />
  );
}

/** Yes, no, or not said. */
export function Mark(props: {
  readonly name: string;
  readonly label: string;
  readonly form: FormState;
}): ReactElement {
  return (
    <ChoiceField
      {...props}
      isOptional
      none="Not said"
      choices={[
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ]}
    />
  );
}

type InLanguagesProps = {
  readonly languages: readonly string[];
  readonly form: FormState;
  readonly column: TextColumn;
  readonly label: string;
  readonly hint?: string;
  readonly isLong?: boolean;
};

/** A text in the film's first language, and beside it in the others. */
export function InLanguages({
  column,
  label,
  hint,
  languages,
  form,
  isLong = false,
}: InLanguagesProps): ReactElement {
  const [standard = 'en'] = languages;
  return (
    <>
      {languages.map((language) => {
        const field = {
          name: columnIn(column, language, standard),
          label: languages.length < 2 ? label : `${label} (${language})`,
          form,
          isOptional: true,
          ...(hint === undefined ? {} : { hint }),
        };
        return isLong ? (
          <LongTextField key={language} {...field} rows={3} />
        ) : (
          <TextField key={language} {...field} charactersMax={300} />
        );
      })}
    </>
  );
}
