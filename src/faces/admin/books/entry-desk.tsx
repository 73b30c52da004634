import { Temporal } from 'temporal-polyfill';
import type { z } from 'zod';
import { filmMoney } from '../../../domain/film/index.ts';
import { accountsOf, minorDigits, postByHand, readAmount } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { EntryPage } from './entry-page.tsx';
import { entryForm } from './views.ts';
import { ledgerRefusal } from './words.ts';

/** The form by which money that moved outside the program comes into the books. */
export function addEntryRoutes(desk: DeskApp, house: House): void {
  desk.get('/books/entry', allow('books.post'), (c) => formPage(c, house, null, 200));
  desk.post('/books/entry', allow('books.post'), async (c) => {
    const read = await readForm(c, entryForm);
    if (!read.ok) return formPage(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const { today } = await inFilm(house.db, film.id, (tx) => filmMoney(tx, film.id, now));
    const wrong = whyNotEntered(read.value, read.form, today);
    if (wrong) return formPage(c, house, wrong, 422);
    const { key, memo, from, to, currency } = read.value;
    const amount = readAmount(read.value.amount, currency) ?? 0;
    const bookedOn = Temporal.PlainDate.from(read.value.booked_on);
    try {
      const { groupId } = await inFilm(house.db, film.id, (tx) =>
        postByHand(tx, film.id, now, actor, { key, memo, bookedOn, from, to, amount, currency }),
      );
      return leadTo(c, `${base}/books/groups/${groupId}`, 'posted');
    } catch (refused) {
      const words = refused instanceof Refusal ? ledgerRefusal(refused.code) : null;
      if (words === null || !(refused instanceof Refusal)) throw refused;
      return formPage(c, house, withError(read.form, fieldOf[refused.code] ?? '', words), 422);
    }
  });
}

/** The field that a refusal is about. */
const fieldOf: Readonly<Record<string, string>> = {
  same_account: 'to',
  day_closed: 'booked_on',
  unknown_account: 'from',
  account_kept: 'from',
};

/** What the form's own schema cannot know: the digits of a currency, and what day it is. */
function whyNotEntered(
  { amount, currency, booked_on: day }: z.output<typeof entryForm>,
  form: FormState,
  today: Temporal.PlainDate,
): FormState | null {
  if (readAmount(amount, currency) === null) {
    const digits = minorDigits(currency);
    const example = digits === 0 ? '1,234' : `1,234.${'5'.padEnd(digits, '0')}`;
    return withError(
      form,
      'amount',
      `An amount of ${currency} above zero, in figures alone, such as ${example}`,
    );
  }
  return day > today.toString()
    ? withError(form, 'booked_on', 'Nothing is booked ahead; at the latest today')
    : null;
}

async function formPage(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422,
): Promise<Response> {
  const { desk } = c.var;
  const found = await inFilm(house.db, desk.film.id, async (tx) => ({
    accounts: await accountsOf(tx, desk.film.id),
    ...(await filmMoney(tx, desk.film.id, desk.now)),
  }));
  const today = found.today.toString();
  const fresh = { key: newId(), booked_on: today, currency: found.currency };
  const form = typed ?? { values: fresh, errors: {} };
  const currencies = [...new Set([found.currency, ...Intl.supportedValuesOf('currency')])];
  return answer(c, <EntryPage {...{ desk, form, currencies, today }} accounts={found.accounts} />, status);
}
