import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { filmMoney } from '../../../domain/film/index.ts';
import { putIntoFund, takeOutOfFund } from '../../../domain/fund/index.ts';
import { isCurrency, readAmount } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { FundMoneyPage } from './money-page.tsx';
import { fundRefusal } from './words.ts';

const moneyForm = z.object({
  key: z.uuid(),
  way: z.enum(['in', 'out'], 'In or out'),
  amount: z.string().trim().min(1, 'How much').max(30, 'An amount such as 1,234.50'),
  currency: z.string().refine(isCurrency, 'A currency of the list'),
  booked_on: z.iso
    .date('A day such as 2026-11-25')
    .refine((day) => day >= '2000-01-01', 'A day of this century'),
  memo: z.string().trim().min(1, 'What the money is').max(500, 'At most 500 characters'),
});

/** Money of the makers' own, into the fund and out again. */
export function addFundMoneyRoutes(desk: DeskApp, house: House): void {
  desk.get('/fund/money', allow('books.post'), (c) => formPage(c, house, null, 200));
  desk.post('/fund/money', allow('books.post'), async (c) => {
    const read = await readForm(c, moneyForm);
    if (!read.ok) return formPage(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const { way, key, memo, currency } = read.value;
    const amount = readAmount(read.value.amount, currency);
    const { today } = await inFilm(house.db, film.id, (tx) => filmMoney(tx, film.id, now));
    const wrong = whyNot(read.form, amount, read.value.booked_on, today);
    if (wrong || amount === null) return formPage(c, house, wrong, 422);
    const move = { key, currency, amount, memo, bookedOn: Temporal.PlainDate.from(read.value.booked_on) };
    try {
      const command = way === 'in' ? putIntoFund : takeOutOfFund;
      await inFilm(house.db, film.id, (tx) => command(tx, film.id, now, actor, move));
      return leadTo(c, `${base}/fund`, way === 'in' ? 'moved' : 'out');
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      const [field, words] = sayRefusal(refused, currency);
      if (words === null) throw refused;
      return formPage(c, house, withError(read.form, field, words), 422);
    }
  });
}

function sayRefusal({ code, details }: Refusal, currency: string): [string, string | null] {
  if (code === 'fund_spent')
    return [
      'amount',
      `Of the makers’ own money ${sayMoney(Number(details.left), currency)} is left in the fund; the rest has paid for places.`,
    ];
  return [code === 'day_closed' ? 'booked_on' : 'amount', fundRefusal(code)];
}

function whyNot(
  form: FormState,
  amount: number | null,
  day: string,
  today: Temporal.PlainDate,
): FormState | null {
  if (amount === null) return withError(form, 'amount', fundRefusal('no_amount') ?? '');
  if (day > today.toString())
    return withError(form, 'booked_on', 'Nothing is booked ahead; at the latest today');
  return null;
}

async function formPage(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422,
): Promise<Response> {
  const { desk } = c.var;
  const { currency, today } = await inFilm(house.db, desk.film.id, (tx) =>
    filmMoney(tx, desk.film.id, desk.now),
  );
  const fresh = { key: newId(), way: 'in', currency, booked_on: today.toString() };
  const form = typed ?? { values: fresh, errors: {} };
  const currencies = [...new Set([currency, ...Intl.supportedValuesOf('currency')])];
  return answer(c, <FundMoneyPage {...{ desk, form, currencies }} />, status);
}
