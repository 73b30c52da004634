import {
  addTicketType,
  editTicketType,
  type TicketType,
  type TicketTypeDraft,
  ticketTypesOf,
} from '../../../domain/boxoffice/index.ts';
import { filmMoney, latestRevision } from '../../../domain/film/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { askedScreening } from './asked-screening.ts';
import { TypePage } from './type-page.tsx';
import { readType, typeForm, valuesOfType } from './type-values.ts';
import { boxOfficeRefusal } from './words.ts';

/** Adding a ticket type to a screening, and changing one. */
export function addTypeRoutes(app: DeskApp, house: House): void {
  const one = '/screenings/:id/tickets/types/:type';
  app.get('/screenings/:id/tickets/types/new', allow('boxoffice.manage'), (c) => show(c, house, null));
  app.post('/screenings/:id/tickets/types/new', allow('boxoffice.manage'), (c) => take(c, house));
  app.get(one, allow('boxoffice.manage'), (c) => show(c, house, null));
  app.post(one, allow('boxoffice.manage'), (c) => take(c, house));
}

type Ground = {
  readonly screening: Screening;
  readonly languages: readonly string[];
  readonly type: TicketType | null;
  readonly currencies: readonly string[];
};

async function groundOf(c: DeskContext, tx: Tx): Promise<Ground> {
  const { film, now } = c.var.desk;
  const screening = await askedScreening(c, tx);
  const all = await ticketTypesOf(tx, film.id, [screening.id]);
  const asked = c.req.param('type');
  const type = all.find(({ id }) => id === asked) ?? null;
  if (asked !== undefined && type === null) throw new NotFound();
  const others = all.filter(({ withdrawnAt, id }) => withdrawnAt === null && id !== asked);
  const { currency } = await filmMoney(tx, film.id, now);
  const [said] = others;
  const first = type?.currency ?? currency;
  const currencies = said
    ? [said.currency]
    : [...new Set([first, currency, ...Intl.supportedValuesOf('currency')])];
  const languages = (await latestRevision(tx, film.id))?.document.film.site_languages ?? ['en'];
  return { screening, languages, type, currencies };
}

type Shown = { readonly form: FormState; readonly draft: TicketTypeDraft | null };

async function show(
  c: DeskContext,
  house: House,
  shown: Shown | null,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { desk } = c.var;
  const ground = await inFilm(house.db, desk.film.id, (tx) => groundOf(c, tx));
  const { screening, languages, type, currencies } = ground;
  const zone = screening.venue.timezone;
  const fresh = { kind: 'fixed', per_order_max: '10', currency: currencies[0] ?? '' };
  const values = type === null ? fresh : valuesOfType(type, languages, zone);
  const { form, draft } = shown ?? { form: { values, errors: {} }, draft: type && draftOf(type) };
  return answer(c, <TypePage desk={desk} {...ground} form={form} draft={draft} />, status);
}

function draftOf({ id: _, screeningId: __, position: ___, withdrawnAt: ____, ...draft }: TicketType) {
  return draft;
}

async function take(c: DeskContext, house: House): Promise<Response> {
  const { film, now, actor, base } = c.var.desk;
  const { screening, languages, type } = await inFilm(house.db, film.id, (tx) => groundOf(c, tx));
  const sent = await readForm(c, typeForm(languages));
  if (!sent.ok) return await show(c, house, { form: sent.form, draft: null }, 422);
  const read = readType(sent.value, languages, screening.venue.timezone);
  if (!read.ok) return await show(c, house, { form: read.form, draft: null }, 422);
  const { draft, form } = read;
  if (sent.value.look === 'yes') return await show(c, house, { form, draft });
  try {
    await inFilm(house.db, film.id, async (tx) => {
      if (type) await editTicketType(tx, film.id, now, actor, { id: type.id, draft });
      else await addTicketType(tx, film.id, now, actor, { screeningId: screening.id, draft });
    });
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    const words = boxOfficeRefusal(refused.code, refused.details);
    if (words === null) throw refused;
    const at = refused.code === 'another_currency' ? 'currency' : '';
    return await show(c, house, { form: withError(form, at, words), draft: null }, 422);
  }
  return leadTo(c, `${base}/screenings/${screening.id}/tickets`, type ? 'type-saved' : 'type-added');
}
