import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { filmMoney } from '../../../domain/film/index.ts';
import { isCurrency, owedTo, payOut, plainAmount, readAmount } from '../../../domain/ledger/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { readForm, withError } from '../form.ts';
import { participantOf } from './participants-desk.tsx';
import { PayoutPage } from './payout-page.tsx';
import { participantRefusal } from './words.ts';

const payoutForm = z.object({
  key: z.uuid(),
  currency: z.string().refine(isCurrency, 'A currency of the list'),
  amount: z.string().trim().min(1, 'How much').max(30, 'An amount such as 1,234.50'),
  booked_on: z.iso
    .date('A day such as 2026-11-25')
    .refine((day) => day >= '2000-01-01', 'A day of this century'),
  memo: z.string().trim().max(500, 'At most 500 characters'),
});

/** Books that a participant was paid from the bank. */
export function addPayoutRoutes(desk: DeskApp, house: House): void {
  desk.get('/participants/:id/payout', allow('books.post'), (c) => formPage(c, house, null, 200));
  desk.post('/participants/:id/payout', allow('books.post'), async (c) => {
    const read = await readForm(c, payoutForm);
    if (!read.ok) return formPage(c, house, read.form, 422);
    const { film, now, actor, base } = c.var.desk;
    const { key, currency, memo, booked_on: day } = read.value;
    const participantId = c.req.param('id');
    const amount = readAmount(read.value.amount, currency) ?? 0;
    try {
      await inFilm(house.db, film.id, async (tx) => {
        await participantOf(tx, film.id, participantId);
        const { today } = await filmMoney(tx, film.id, now);
        if (day > today.toString()) throw new Refusal('booked_ahead');
        const bookedOn = Temporal.PlainDate.from(day);
        await payOut(tx, film.id, now, actor, { key, participantId, currency, amount, memo, bookedOn });
      });
    } catch (refused) {
      if (!(refused instanceof Refusal)) throw refused;
      const words = sayRefusal(refused, currency);
      if (words === null) throw refused;
      return formPage(c, house, withError(read.form, words[0], words[1]), 422);
    }
    return leadTo(c, `${base}/participants/${participantId}`, 'paid');
  });
}

function sayRefusal({ code, details }: Refusal, currency: string): readonly [string, string] | null {
  if (code === 'booked_ahead') return ['booked_on', 'Nothing is booked ahead; at the latest today'];
  if (code === 'more_than_owed')
    return ['amount', `They are owed ${sayMoney(Number(details.owed), currency)}, and no more is paid out`];
  return participantRefusal(code);
}

async function formPage(
  c: DeskContext,
  house: House,
  typed: FormState | null,
  status: 200 | 422,
): Promise<Response> {
  const { desk } = c.var;
  const { film, now } = desk;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const participant = await participantOf(tx, film.id, c.req.param('id') ?? '');
    const owed = await owedTo(tx, film.id, participant.account);
    return { participant, owed, ...(await filmMoney(tx, film.id, now)) };
  });
  const { participant, owed, currency, today } = found;
  const most = owed.find((each) => each.owed > 0);
  const fresh = {
    ...{ key: newId(), currency: most?.currency ?? currency, booked_on: today.toString(), memo: '' },
    amount: most ? plainAmount(most.owed, most.currency) : '',
  };
  const form = typed ?? { values: fresh, errors: {} };
  const currencies = [...new Set([...owed.map((each) => each.currency), currency])];
  return answer(c, <PayoutPage {...{ desk, participant, owed, form, currencies }} />, status);
}
