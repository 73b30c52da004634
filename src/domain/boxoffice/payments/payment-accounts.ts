import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { isDemoFilm } from '../../film/index.ts';
import './tables.ts';

/** What anybody may know of a film's account with a provider: no key, but the last four characters of each. */
export type PaymentAccount = {
  readonly id: string;
  readonly provider: 'stripe';
  readonly providerAccount: string;
  readonly isLive: boolean;
  readonly keyEnd: string;
  /** null: it was not entered yet, so that no event is believed. */
  readonly webhookEnd: string | null;
  readonly keysAt: Temporal.Instant;
};

/** What calls the provider needs, and nothing else may read. */
export type PaymentKeys = { readonly secretKey: string; readonly webhookSecret: string | null };

/** The account that the film takes payments with now, or null. */
export async function paymentAccount(tx: Tx, filmId: string): Promise<PaymentAccount | null> {
  const row = await tx
    .selectFrom('paymentAccount')
    .select(['id', 'provider', 'providerAccount', 'isLive', 'secretKey', 'webhookSecret', 'keysAt'])
    .where('filmId', '=', filmId)
    .where('retiredAt', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const { secretKey, webhookSecret, ...account } = row;
  return { ...account, keyEnd: secretKey.slice(-4), webhookEnd: webhookSecret?.slice(-4) ?? null };
}

/** The keys of one of the film's accounts, one that it no longer uses too: old payments are given back through it. */
export async function paymentKeys(tx: Tx, filmId: string, accountId: string): Promise<PaymentKeys> {
  return await tx
    .selectFrom('paymentAccount')
    .select(['secretKey', 'webhookSecret'])
    .where('filmId', '=', filmId)
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
}

/** Each of the film's accounts, and up to when we asked it for refunds that were made at its own desk. */
export async function accountsToAsk(
  tx: Tx,
  filmId: string,
): Promise<{ readonly id: string; readonly refundsSeenAt: Temporal.Instant }[]> {
  return await tx
    .selectFrom('paymentAccount')
    .select(['id', 'refundsSeenAt'])
    .where('filmId', '=', filmId)
    .orderBy('id')
    .execute();
}

/** Notes that every refund up to a moment was asked for. */
export async function refundsSeen(
  tx: Tx,
  filmId: string,
  accountId: string,
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('paymentAccount')
    .set({ refundsSeenAt: at })
    .where('filmId', '=', filmId)
    .where('id', '=', accountId)
    .where('refundsSeenAt', '<', at)
    .execute();
}

/** The webhook secrets that events may be signed with: those of every account that payments were made through. */
export async function webhookSecrets(
  tx: Tx,
  filmId: string,
): Promise<{ readonly accountId: string; readonly secret: string }[]> {
  const rows = await tx
    .selectFrom('paymentAccount')
    .select(['id as accountId', 'webhookSecret as secret'])
    .where('filmId', '=', filmId)
    .where('webhookSecret', 'is not', null)
    .orderBy('retiredAt', (by) => by.desc().nullsFirst())
    .execute();
  return rows.flatMap(({ accountId, secret }) => (secret === null ? [] : [{ accountId, secret }]));
}

/**
 * Takes a key for the film's payments, after the provider said whose it is. A new key of the same account takes the
 * old one's place; another account's retires the one before, whose payments are still given back through it. A demo
 * film takes none: it can be removed, and real sales never go with it.
 * @throws {Refusal} demo_takes_no_payments
 */
export async function savePaymentKey(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { providerAccount, isLive, secretKey }: { providerAccount: string; isLive: boolean; secretKey: string },
): Promise<void> {
  if (await isDemoFilm(tx, filmId)) throw new Refusal('demo_takes_no_payments');
  await tx
    .updateTable('paymentAccount')
    .set({ retiredAt: now })
    .where('filmId', '=', filmId)
    .where('retiredAt', 'is', null)
    .execute();
  await tx
    .insertInto('paymentAccount')
    .values({
      ...{ filmId, id: newId(), provider: 'stripe', providerAccount, isLive, secretKey, webhookSecret: null },
      ...{ madeAt: now, keysAt: now, refundsSeenAt: now, retiredAt: null },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['filmId', 'provider', 'providerAccount'])
        .doUpdateSet({ secretKey, isLive, keysAt: now, retiredAt: null }),
    )
    .execute();
  await recordAudit(tx, filmId, now, by, { action: 'payments.save_key', subject: providerAccount });
}

/** Takes the secret that the provider signs its events with. @throws {Refusal} no_payment_account */
export async function saveWebhookSecret(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  webhookSecret: string,
): Promise<void> {
  const saved = await tx
    .updateTable('paymentAccount')
    .set({ webhookSecret, keysAt: now })
    .where('filmId', '=', filmId)
    .where('retiredAt', 'is', null)
    .returning('providerAccount')
    .executeTakeFirst();
  if (!saved) throw new Refusal('no_payment_account');
  await recordAudit(tx, filmId, now, by, {
    action: 'payments.save_webhook_secret',
    subject: saved.providerAccount,
  });
}

/** Takes no more payments through the film's account. @throws {Refusal} no_payment_account */
export async function retirePaymentAccount(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
): Promise<void> {
  const retired = await tx
    .updateTable('paymentAccount')
    .set({ retiredAt: now })
    .where('filmId', '=', filmId)
    .where('retiredAt', 'is', null)
    .returning('providerAccount')
    .executeTakeFirst();
  if (!retired) throw new Refusal('no_payment_account');
  await recordAudit(tx, filmId, now, by, { action: 'payments.retire', subject: retired.providerAccount });
}
