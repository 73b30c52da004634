import type { ReactElement } from 'react';
import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import {
  type BoxOffice,
  boxOfficeOf,
  holdMinutesMax,
  holdMinutesMin,
  invoiceDaysMax,
  offerHoursMax,
  refundHoursMax,
  refundUntil,
  saveBoxOffice,
} from '../../../domain/boxoffice/index.ts';
import { latestRevision } from '../../../domain/film/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import {
  DeskPage,
  FormErrors,
  type FormState,
  type NoticeWords,
  Submit,
  sayingOf,
  TextField,
} from '../../../ui/admin/index.ts';
import { sayMoment } from '../../../ui/dates.ts';
import { refundRule } from '../../../ui/refund-rule.ts';
import { words } from '../../../ui/words/index.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm } from '../form.ts';
import { sayings } from './words.ts';

const whole = (least: number, most: number, words: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, words)
    .refine((typed) => Number(typed) >= least && Number(typed) <= most, words);
const orNone = <T extends z.ZodType>(field: T) => z.union([z.literal(''), field]).default('' as never);

const rulesForm = z.object({
  hold_minutes: whole(
    holdMinutesMin,
    holdMinutesMax,
    `A whole number of minutes, from ${holdMinutesMin} to ${holdMinutesMax}`,
  ),
  refund_hours: orNone(whole(0, refundHoursMax, `Hours, from 0 to ${refundHoursMax}, or nothing`)),
  invoice_days: orNone(whole(1, invoiceDaysMax, `Days, from 1 to ${invoiceDaysMax}, or nothing`)),
  offer_hours: whole(1, offerHoursMax, `A whole number of hours, from 1 to ${offerHoursMax}`),
  look: z.string().max(3).default(''),
});

/** How the film sells, at all of its screenings. */
export function addRulesRoutes(app: DeskApp, house: House): void {
  app.get('/box-office-rules', allow('boxoffice.read'), async (c) => {
    const { film } = c.var.desk;
    const { box, zone } = await inFilm(house.db, film.id, async (tx) => ({
      box: await boxOfficeOf(tx, film.id),
      zone: await zoneOf(tx, film.id),
    }));
    return show(c, { form: { values: valuesOf(box), errors: {} }, box, zone });
  });
  app.post('/box-office-rules', allow('boxoffice.manage'), async (c) => {
    const read = await readForm(c, rulesForm);
    const { film, now, actor, base } = c.var.desk;
    const zone = await inFilm(house.db, film.id, (tx) => zoneOf(tx, film.id));
    if (!read.ok) return show(c, { form: read.form, box: null, zone }, 422);
    const box = boxOf(read.value);
    if (read.value.look === 'yes') return show(c, { form: read.form, box, zone });
    await inFilm(house.db, film.id, (tx) => saveBoxOffice(tx, film.id, now, actor, box));
    return leadTo(c, `${base}/box-office-rules`, 'rules-saved');
  });
}

async function zoneOf(tx: Tx, filmId: string): Promise<string> {
  return (await latestRevision(tx, filmId))?.document.film.timezone ?? 'UTC';
}

function valuesOf({ holdMinutes, refundHours, invoiceDays, offerHours }: BoxOffice): FormState['values'] {
  const said = (value: number | null): string => (value === null ? '' : String(value));
  return {
    hold_minutes: String(holdMinutes),
    refund_hours: said(refundHours),
    invoice_days: said(invoiceDays),
    offer_hours: String(offerHours),
  };
}

function boxOf(typed: z.output<typeof rulesForm>): BoxOffice {
  const read = (value: string): number | null => (value === '' ? null : Number(value));
  return {
    holdMinutes: Number(typed.hold_minutes),
    refundHours: read(typed.refund_hours),
    invoiceDays: read(typed.invoice_days),
    offerHours: Number(typed.offer_hours),
  };
}

type Shown = { readonly form: FormState; readonly box: BoxOffice | null; readonly zone: string };
type Example = { readonly box: BoxOffice; readonly now: Temporal.Instant; readonly zone: string };

function show(c: DeskContext, shown: Shown, status: 200 | 422 = 200): Response {
  const notice = sayingOf(c.req.url, sayings);
  return answer(c, <RulesPage desk={c.var.desk} {...shown} notice={notice} />, status);
}

function RulesPage({
  desk,
  form,
  box,
  zone,
  notice,
}: Shown & { readonly desk: Desk; readonly notice: NoticeWords | null }): ReactElement {
  const mayManage = may(desk.role, 'boxoffice.manage');
  return (
    <DeskPage
      desk={desk}
      title="Rules of the box office"
      about="They hold for every screening of the film. What buyers read is made from them: before they pay, on the ticket, and in the mail."
      notice={notice}
    >
      <FormErrors form={form} />
      {box === null ? null : <AsRead box={box} now={desk.now} zone={zone} />}
      {mayManage ? <RulesForm desk={desk} form={form} /> : null}
    </DeskPage>
  );
}

/** A screening to show the rules by: eight in the evening, a week from today. */
export function exampleStart(now: Temporal.Instant, zone: string): Temporal.Instant {
  const evening = now.toZonedDateTimeISO(zone).add({ days: 7 }).with({ hour: 20, minute: 0 });
  return evening.round('minute').toInstant();
}

/** The very sentences of the buyers' pages, for a screening that could be. */
function AsRead({ box, now, zone }: Example): ReactElement {
  const { checkout, paying, waitlist } = words('en');
  const start = exampleStart(now, zone);
  return (
    <figure className="as-read">
      <figcaption>What buyers of a screening on {sayMoment(start, zone, 'en')} read</figcaption>
      <p>{checkout.choose.held(box.holdMinutes)}</p>
      <p>{refundRule(refundUntil(box, start), zone, 'en')}</p>
      {box.invoiceDays === null ? null : (
        <p>
          {paying.pay.invoice(box.invoiceDays)}. {paying.pay.invoiceAbout}
        </p>
      )}
      <p>{waitlist.entry.waitingAbout(box.offerHours)}</p>
    </figure>
  );
}

function RulesForm({ desk, form }: { readonly desk: Desk; readonly form: FormState }): ReactElement {
  return (
    <form method="post" action={`${desk.base}/box-office-rules`} className="stack rules-form">
      <TextField
        name="hold_minutes"
        label="Minutes to pay in"
        hint="So long are places set aside while somebody fills in and pays. Afterwards they are free again by themselves."
        inputMode="numeric"
        form={form}
        charactersMax={2}
      />
      <TextField
        name="refund_hours"
        label="Money back until, in hours before the start"
        hint="24: until a day before. 0: until it begins. Empty: buyers cannot give tickets back; the team still can. Orders that were made before keep a kinder rule."
        inputMode="numeric"
        form={form}
        isOptional
        charactersMax={3}
      />
      <TextField
        name="invoice_days"
        label="Days to pay an invoice in"
        hint="Empty: nobody pays by invoice."
        inputMode="numeric"
        form={form}
        isOptional
        charactersMax={3}
      />
      <TextField
        name="offer_hours"
        label="Hours to think over a place that came back"
        hint="So long is a place kept for whoever is first on the waitlist, at most until the screening begins. Then it goes to the next."
        inputMode="numeric"
        form={form}
        charactersMax={2}
      />
      <div className="button-row">
        <Submit>Save</Submit>
        <Submit look="plain" name="look" value="yes">
          Show what buyers read
        </Submit>
      </div>
    </form>
  );
}
