import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { trialBalance } from './balances.ts';
import { amountMax } from './money.ts';
import { type Posted, post } from './post.ts';
import './tables.ts';

/** What a participant is owed, by currency; minor units, less than nothing where they were paid too much. */
export async function owedTo(
  tx: Tx,
  filmId: string,
  account: string,
): Promise<{ readonly currency: string; readonly owed: number }[]> {
  const balances = await trialBalance(tx, filmId, null, account);
  return balances.map(({ currency, debit, credit }) => ({ currency, owed: credit - debit }));
}

/**
 * Books that a participant was paid from the bank. Never more than they are owed at that moment; what a later refund
 * takes off their share is carried as a balance below zero until it is earned again.
 * @throws {Refusal} no_such_participant · no_amount · more_than_owed (with `owed`) · day_closed · key_reused
 */
export async function payOut(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  {
    key,
    participantId,
    currency,
    amount,
    bookedOn,
    memo,
  }: {
    /** Made when the form was shown, so that a double click is one payout. */
    readonly key: string;
    readonly participantId: string;
    readonly currency: string;
    readonly amount: number;
    readonly bookedOn: Temporal.PlainDate;
    readonly memo: string;
  },
): Promise<Posted> {
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > amountMax) throw new Refusal('no_amount');
  const participant = await tx
    .selectFrom('participant')
    .select(['name', 'account'])
    .where('filmId', '=', filmId)
    .where('id', '=', participantId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!participant) throw new Refusal('no_such_participant');
  const { account, name } = participant;
  const owed = (await owedTo(tx, filmId, account)).find((each) => each.currency === currency)?.owed ?? 0;
  const posted = await post(tx, filmId, now, by, {
    ...{ key: `payout:${key}`, kind: 'payout', memo, bookedOn },
    lines: [
      { account, amount, currency },
      { account: 'bank', amount: -amount, currency },
    ],
  });
  // Asked after the posting: a second press of the same form finds its group, whatever is owed by now.
  if (posted.isRepeat) return posted;
  if (amount > owed) throw new Refusal('more_than_owed', { owed });
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'ledger.pay_out', subject: name, details: { amount, currency } },
  });
  return posted;
}
