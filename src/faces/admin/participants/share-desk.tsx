import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { filmMoney } from '../../../domain/film/index.ts';
import {
  addShareRule,
  endShareRule,
  isCurrency,
  readAmount,
  type ShareRuleDraft,
  shareBases,
  shareRules,
} from '../../../domain/ledger/index.ts';
import { screeningById, upcomingScreenings } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm, withError } from '../form.ts';
import { participantOf } from './participants-desk.tsx';
import { SharePage } from './share-page.tsx';
import { channelWords, participantRefusal } from './words.ts';

const channels = Object.keys(channelWords);
const screeningsShown = 300;

const shareForm = z.object({
  how: z.enum(['percent', 'fixed'], 'A percentage or a sum'),
  percent: z.string().trim().max(10, 'Such as 30 or 12.5'),
  amount: z.string().trim().max(30, 'An amount such as 1,234.50'),
  base: z.enum(shareBases, 'Of what'),
  currency: z.string().refine(isCurrency, 'A currency of the list'),
  screening: z.union([z.literal(''), z.uuid()], 'A screening of the list'),
  channel: z.string().refine((value) => value === '' || channels.includes(value), 'A channel of the list'),
  cap: z.string().trim().max(30, 'An amount such as 1,234.50'),
});

/** What a participant's share is, from now on; and its end. */
export function addShareRoutes(desk: DeskApp, house: House): void {
  desk.get('/participants/:id/shares/new', allow('books.post'), (c) => formPage(c, house, null, 200));
  desk.post('/participants/:id/shares', allow('books.post'), async (c) => {
    const read = await readForm(c, shareForm);
    if (!read.ok) return formPage(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const id = c.req.param('id');
    const made = draftOf(read.value, read.form, id, now);
    if ('wrong' in made) return formPage(c, house, made.wrong, 422);
    try {
      await inFilm(house.db, film.id, async (tx) => {
        await participantOf(tx, film.id, id);
        const { screeningId } = made.draft;
        if (screeningId !== null && !(await screeningById(tx, film.id, screeningId))) throw new NotFound();
        await addShareRule(tx, film.id, now, actor, made.draft);
      });
    } catch (refused) {
      const words = refused instanceof Refusal ? participantRefusal(refused.code) : null;
      if (words === null) throw refused;
      return formPage(c, house, withError(read.form, words[0], words[1]), 422);
    }
    return leadTo(c, `${base}/participants/${id}`, 'shared');
  });
  desk.post('/participants/:id/shares/:rule/end', allow('books.post'), async (c) => {
    await readForm(c, noFields);
    const { film, now, actor, base } = c.var.desk;
    const { id, rule } = c.req.param();
    await inFilm(house.db, film.id, async (tx) => {
      const known = (await shareRules(tx, film.id)).some(
        (each) => each.id === rule && each.participantId === id,
      );
      if (!known) throw new NotFound();
      await endShareRule(tx, film.id, now, actor, rule);
    });
    return leadTo(c, `${base}/participants/${id}`, 'ended');
  });
}

function draftOf(
  value: z.output<typeof shareForm>,
  form: FormState,
  participantId: string,
  startsAt: Temporal.Instant,
): { readonly draft: ShareRuleDraft } | { readonly wrong: FormState } {
  const isPercent = value.how === 'percent';
  const points = isPercent ? readPercent(value.percent) : null;
  if (isPercent && points === null)
    return { wrong: withError(form, 'percent', 'From 0.01 to 100, such as 30 or 12.5') };
  const fixed = isPercent ? null : readAmount(value.amount, value.currency);
  if (!isPercent && (fixed === null || fixed > 1_000_000_000))
    return { wrong: withError(form, 'amount', 'An amount above zero, such as 2.50') };
  const cap = value.cap === '' ? null : readAmount(value.cap, value.currency);
  if (value.cap !== '' && cap === null)
    return { wrong: withError(form, 'cap', 'An amount above zero, or nothing') };
  return {
    draft: {
      ...{ participantId, base: value.base, points, fixed, cap, startsAt },
      // A percentage without a cap holds in every currency.
      currency: isPercent && cap === null ? null : value.currency,
      screeningId: value.screening === '' ? null : value.screening,
      channel: value.channel === '' ? null : value.channel,
    },
  };
}

/** `30`, `12.5`, `0.25` as hundredths of a percent; null where it is none of 0.01 to 100. */
function readPercent(typed: string): number | null {
  const [, whole, part = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(typed.replace(/%$/, '').trim()) ?? [];
  if (whole === undefined) return null;
  const points = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return points >= 1 && points <= 10_000 ? points : null;
}

async function formPage(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422,
): Promise<Response> {
  const { desk } = c.var;
  const { film, now } = desk;
  const found = await inFilm(house.db, film.id, async (tx) => ({
    participant: await participantOf(tx, film.id, c.req.param('id') ?? ''),
    screenings: await upcomingScreenings(tx, film.id, now, screeningsShown),
    ...(await filmMoney(tx, film.id, now)),
  }));
  const { participant, screenings, currency } = found;
  const fresh = { how: 'percent', percent: '', base: 'net-of-fees', currency };
  const form = typed ?? { values: fresh, errors: {} };
  const currencies = [...new Set([currency, ...Intl.supportedValuesOf('currency')])];
  return answer(c, <SharePage {...{ desk, participant, screenings, form, currencies }} />, status);
}
