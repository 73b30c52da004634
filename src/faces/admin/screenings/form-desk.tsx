import { z } from 'zod';
import { ticketHolders } from '../../../domain/boxoffice/index.ts';
import { latestRevision } from '../../../domain/film/index.ts';
import { may } from '../../../domain/people/index.ts';
import {
  addScreening,
  editScreening,
  freeSlug,
  type Screening,
  type ScreeningListing,
  screeningById,
  type Venue,
  venueById,
  venuesOf,
} from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { type FormState, type NoticeWords, sayingOf } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { ScreeningFormPage } from './form-page.tsx';
import { proposedSlug, readScreening, screeningForm, valuesOfScreening } from './form-values.ts';
import { sayings, screeningRefusals } from './sayings.ts';
import { idOf, missingIsNotFound } from './state-desk.ts';

/** Adding and editing one screening. */
export function addFormDesk(app: DeskApp, house: House): void {
  app.get('/screenings/new', allow('screenings.edit'), (c) => showNew(c, house));
  app.post('/screenings/new', allow('screenings.edit'), (c) => takeNew(c, house));
  app.get('/screenings/:id', allow('screenings.edit'), (c) => showOne(c, house));
  app.post('/screenings/:id', allow('screenings.edit'), (c) => takeOne(c, house));
}

type Ground = {
  readonly languages: readonly string[];
  readonly timezone: string;
  readonly venues: readonly Venue[];
};

async function groundOf(tx: Tx, filmId: string): Promise<Ground> {
  const film = (await latestRevision(tx, filmId))?.document.film;
  return {
    languages: film?.site_languages ?? ['en'],
    timezone: film?.timezone ?? 'UTC',
    venues: await venuesOf(tx, filmId),
  };
}

type Shown = {
  readonly screening: Screening | null;
  readonly form: FormState;
  readonly status?: 200 | 409 | 422;
  readonly notice?: NoticeWords | null;
};

async function show(c: DeskContext, house: House, shown: Shown): Promise<Response> {
  const { desk } = c.var;
  const ground = await inFilm(house.db, desk.film.id, (tx) => groundOf(tx, desk.film.id));
  const { status = 200, notice = null, ...page } = shown;
  return answer(c, <ScreeningFormPage desk={desk} {...ground} {...page} notice={notice} />, status);
}

async function showNew(c: DeskContext, house: House): Promise<Response> {
  const values = { kind: 'community', state: 'planned', private: '' };
  return await show(c, house, { screening: null, form: { values, errors: {} } });
}

async function showOne(c: DeskContext, house: House): Promise<Response> {
  const { desk } = c.var;
  const { screening, languages } = await inFilm(house.db, desk.film.id, async (tx) => ({
    screening: await screeningById(tx, desk.film.id, idOf(c)),
    languages: (await groundOf(tx, desk.film.id)).languages,
  }));
  if (screening === null) throw new NotFound();
  const form = { values: valuesOfScreening(screening, languages), errors: {} };
  return await show(c, house, { screening, form, notice: sayingOf(c.req.url, sayings) });
}

type Taken =
  | { readonly ok: true; readonly listing: ScreeningListing; readonly values: FormState['values'] }
  | { readonly ok: false; readonly form: FormState };

/** Reads the form; what was typed comes back either way. */
async function take(c: DeskContext, house: House, before: Screening | null): Promise<Taken> {
  const { film } = c.var.desk;
  const { languages } = await inFilm(house.db, film.id, (tx) => groundOf(tx, film.id));
  const read = await readForm(c, screeningForm(languages));
  if (!read.ok) return { ok: false, form: read.form };
  const values: Record<string, string | undefined> = { ...read.value };
  const { venue_id: venueId = '' } = values;
  const { venue, slug } = await inFilm(house.db, film.id, async (tx) => ({
    venue: z.uuid().safeParse(venueId).success ? await venueById(tx, film.id, venueId) : null,
    slug: values.slug || before?.slug || (await freeSlug(tx, film.id, proposedSlug(values))),
  }));
  const result = await readScreening({ ...values, slug }, languages, { venue, before });
  if (result.ok) return { ok: true, listing: result.listing, values };
  // An address that we proposed is not something that the person typed.
  return { ok: false, form: { ...result.form, values: { ...result.form.values, slug: values.slug ?? '' } } };
}

async function takeNew(c: DeskContext, house: House): Promise<Response> {
  const { film, now, actor, base } = c.var.desk;
  const taken = await take(c, house, null);
  if (!taken.ok) return await show(c, house, { screening: null, form: taken.form, status: 422 });
  try {
    const { id } = await inFilm(house.db, film.id, (tx) =>
      addScreening(tx, film.id, now, actor, taken.listing),
    );
    return leadTo(c, `${base}/screenings/${id}`, 'added');
  } catch (error) {
    const form = refusedForm(error, taken.values);
    return await show(c, house, { screening: null, form, status: 422 });
  }
}

async function takeOne(c: DeskContext, house: House): Promise<Response> {
  const { film, now, actor, base } = c.var.desk;
  const id = idOf(c);
  const before = await inFilm(house.db, film.id, (tx) => screeningById(tx, film.id, id));
  if (before === null) throw new NotFound();
  const taken = await take(c, house, before);
  if (!taken.ok) return await show(c, house, { screening: before, form: taken.form, status: 422 });
  const version = Number(taken.values.version ?? before.version);
  if (!Number.isSafeInteger(version)) throw new Refusal('form_unreadable');
  try {
    const isUntold = await inFilm(house.db, film.id, async (tx) => {
      const edit = editScreening(tx, film.id, now, actor, { id, version, listing: taken.listing });
      return (await ticketHolders(tx, film.id, await missingIsNotFound(edit))).untold.length > 0;
    });
    if (!isUntold) return leadTo(c, `${base}/screenings/${id}`, 'saved');
    const mayTell = may(c.var.desk.role, 'boxoffice.manage');
    return mayTell
      ? leadTo(c, `${base}/screenings/${id}/change`, 'moved')
      : leadTo(c, `${base}/screenings/${id}`, 'saved-untold');
  } catch (error) {
    if (error instanceof Refusal && error.code === 'screening_changed') {
      return await showConflict(c, house, before, taken.values, error);
    }
    const form = refusedForm(error, taken.values);
    return await show(c, house, { screening: before, form, status: 422 });
  }
}

function refusedForm(error: unknown, values: FormState['values']): FormState {
  if (!(error instanceof Refusal)) throw error;
  const words = screeningRefusals[error.code];
  if (words === undefined) throw error;
  return withError({ values, errors: {} }, 'slug', words);
}

/** Somebody else was first: what was typed stays, what they changed is named, and saving again is a choice. */
async function showConflict(
  c: DeskContext,
  house: House,
  screening: Screening,
  values: FormState['values'],
  { details }: Refusal,
): Promise<Response> {
  const fields = String(details.fields).replaceAll('_', ' ');
  const words = `${details.by} saved this screening meanwhile and changed: ${fields}. What you typed is still here and nothing of it was saved. Look at theirs in another tab; if you save again, yours stands.`;
  const form = { values: { ...values, version: String(details.version) }, errors: {} };
  return await show(c, house, { screening, form, status: 409, notice: { tone: 'bad', words } });
}
