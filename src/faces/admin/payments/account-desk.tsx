import { z } from 'zod';
import {
  closeSandbox,
  openSandbox,
  paymentAccount,
  paymentKeys,
  retirePaymentAccount,
  savePaymentKey,
  saveWebhookSecret,
} from '../../../domain/boxoffice/index.ts';
import { isDemoFilm } from '../../../domain/film/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { stripeAccount } from '../../../platform/payments/index.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { FormState } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { leadTo } from '../answer.ts';
import { allow, type DeskApp, type DeskContext } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { showPayments } from './show.tsx';
import { paymentsRefusal } from './words.ts';

const keyForm = z.object({
  secret_key: z
    .string()
    .trim()
    .max(300, 'At most 300 characters')
    .refine((key) => !/^pk_/.test(key), 'This is the publishable key; the secret one starts with sk_ or rk_')
    .regex(/^[rs]k_(test|live)_[A-Za-z0-9_]{8,}$/, 'A secret key: it starts with sk_test_, sk_live_ or rk_'),
});
const secretForm = z.object({
  webhook_secret: z
    .string()
    .trim()
    .max(300, 'At most 300 characters')
    .regex(/^whsec_[A-Za-z0-9_+/=-]{8,}$/, 'The signing secret of the endpoint: it starts with whsec_'),
});
const sandboxForm = z.object({ is: z.enum(['open', 'closed']) });

/** The film's account with Stripe. Keys go in and never come out. */
export function addAccountRoutes(desk: DeskApp, house: House): void {
  desk.get('/payments', allow('payments.read'), (c) => showPayments(c, house));
  desk.post('/payments/key', allow('payments.manage'), (c) => saveKey(c, house));
  desk.post('/payments/webhook', allow('payments.manage'), async (c) => {
    const read = await readForm(c, secretForm);
    if (!read.ok) return showPayments(c, house, unsaid(read.form.errors), 422);
    return await change(c, house, 'secret-saved', (tx, { film, now, actor }) =>
      saveWebhookSecret(tx, film.id, now, actor, read.value.webhook_secret),
    );
  });
  desk.post('/payments/retire', allow('payments.manage'), async (c) => {
    await readForm(c, noFields);
    return await change(c, house, 'retired', (tx, { film, now, actor }) =>
      retirePaymentAccount(tx, film.id, now, actor),
    );
  });
  desk.post('/payments/sandbox', allow('payments.manage'), async (c) => {
    const read = await readForm(c, sandboxForm);
    if (!read.ok) return showPayments(c, house, read.form, 422);
    const { is } = read.value;
    const turn = is === 'open' ? openSandbox : closeSandbox;
    return await change(c, house, is === 'open' ? 'sandbox-open' : 'sandbox-closed', (tx, desk) =>
      turn(tx, desk.film.id, desk.now, desk.actor),
    );
  });
  desk.post('/payments/check', allow('payments.manage'), async (c) => {
    await readForm(c, noFields);
    return leadTo(c, `${c.var.desk.base}/payments`, await checked(c, house));
  });
}

/** What was typed is a secret: it does not come back, right or wrong. */
const unsaid = (errors: FormState['errors']) => ({ values: {}, errors });

async function saveKey(c: DeskContext, house: House): Promise<Response> {
  const read = await readForm(c, keyForm);
  if (!read.ok) return showPayments(c, house, unsaid(read.form.errors), 422);
  const secretKey = read.value.secret_key;
  const { film } = c.var.desk;
  // Stripe is not told of a key that is not kept.
  if (await inFilm(house.db, film.id, (tx) => isDemoFilm(tx, film.id)))
    return showPayments(c, house, unsaid({ '': paymentsRefusal('demo_takes_no_payments') ?? '' }), 409);
  const found = await stripeAccount({ secretKey, serverUrl: house.config.stripeUrl });
  if (found.kind !== 'account') {
    const why =
      found.kind === 'locked_out' || found.kind === 'refused'
        ? 'Stripe does not know this key, or it may not see its own account. Nothing was changed.'
        : 'Stripe could not be reached, so the key was not taken. Try again in a moment.';
    return showPayments(c, house, unsaid({ secret_key: why }), 422);
  }
  const { account: providerAccount, isLive } = found;
  return await change(c, house, 'key-saved', (tx, { film: { id }, now, actor }) =>
    savePaymentKey(tx, id, now, actor, { providerAccount, isLive, secretKey }),
  );
}

async function checked(c: DeskContext, house: House): Promise<string> {
  const { film } = c.var.desk;
  const found = await inFilm(house.db, film.id, async (tx) => {
    const account = await paymentAccount(tx, film.id);
    return account && { account, keys: await paymentKeys(tx, film.id, account.id) };
  });
  if (!found) throw new Refusal('no_payment_account');
  const { secretKey } = found.keys;
  const seen = await stripeAccount({ secretKey, serverUrl: house.config.stripeUrl });
  if (seen.kind === 'account')
    return seen.account === found.account.providerAccount ? 'check-good' : 'check-locked';
  return seen.kind === 'locked_out' || seen.kind === 'refused' ? 'check-locked' : 'check-away';
}

type Change = (tx: Parameters<typeof paymentAccount>[0], desk: DeskContext['var']['desk']) => Promise<void>;

/** Makes one change and leads back to the page, or shows it with why not. */
export async function change(c: DeskContext, house: House, said: string, work: Change): Promise<Response> {
  const { desk } = c.var;
  try {
    await inFilm(house.db, desk.film.id, (tx) => work(tx, desk));
  } catch (error) {
    const words = error instanceof Refusal ? paymentsRefusal(error.code) : null;
    if (words === null) throw error;
    return showPayments(c, house, { values: {}, errors: { '': words } }, 409);
  }
  return leadTo(c, `${desk.base}/payments`, said);
}
