import { describe, expect, it } from 'vitest';
import { byTest, openTill, plain } from '../../../tests/ground/stripe/till.ts';
import { saveBoxOffice } from '../../domain/boxoffice/index.ts';
import { newSecret } from '../../platform/secrets.ts';

const till = await openTill();
const { server, ask, within, filmId } = till;
const film = '/films/union';

/** What a buyer does without script: chooses, and comes to the order's page. */
async function chosen(quantity = 1, price = plain.price) {
  const show = await till.screening(10, [{ ...plain, price }]);
  const screening = await within((tx) =>
    tx.selectFrom('screening').select('slug').where('id', '=', show.id).executeTakeFirstOrThrow(),
  );
  const key = newSecret();
  const form = { key, [`q-${show.typeId}`]: String(quantity) };
  const sent = await ask(`${film}/screenings/${screening.slug}/tickets`, { form });
  const at = sent.headers.get('location') ?? '';
  const code = /orders\/([^?]+)/.exec(at)?.[1] ?? '';
  return { show, key, code, at };
}

const who = { name: 'Ada Okafor', address: 'ada@union.example' };
const pay = (code: string, key: string, more: Record<string, string> = {}) =>
  ask(`${film}/orders/${code}/payment`, { form: { key, ...who, by: 'page', ...more } });
const textAt = async (path: string) => (await ask(path)).text();
const pathOf = (url: string) => new URL(url).pathname + new URL(url).search;

describe('paying on the film’s site', () => {
  it('leads from the order to the provider’s page and back to the tickets, without script or cookie', async () => {
    const { key, code, at } = await chosen(2);
    const order = await textAt(at);
    expect(order).toContain('Pay $30.00');
    expect(order).toContain('You can give tickets back until');
    const sent = await pay(code, key);
    expect(sent.status).toBe(303);
    const leading = await ask(sent.headers.get('location') ?? '');
    expect(leading.headers.get('refresh')).toContain(server.session().id);
    expect(await textAt(at)).toContain('Your payment page is open');
    const session = server.pay(server.session());
    expect(session.successUrl).not.toContain(key);
    const back = await ask(pathOf(session.successUrl));
    expect(back.status).toBe(200);
    const page = await back.text();
    expect(page).toContain('You are coming');
    expect(page).toContain(`${code.slice(0, 4)}-${code.slice(4)}-2`);
  });

  it('comes back to the same page from a second tab, and says that it is open to who left it', async () => {
    const { key, code } = await chosen();
    const [one, other] = await Promise.all([pay(code, key), pay(code, key, { name: 'Ada' })]);
    expect([one.status, other.status]).toEqual([303, 303]);
    const session = server.session();
    expect(await textAt(pathOf(session.cancelUrl))).toContain('Your payment page is open');
  });

  it('leaves the page open where somebody goes back and chooses what cannot be had', async () => {
    const { key, code, at, show } = await chosen();
    expect((await pay(code, key)).status).toBe(303);
    const session = server.session();
    const { slug } = await within((tx) =>
      tx.selectFrom('screening').select('slug').where('id', '=', show.id).executeTakeFirstOrThrow(),
    );
    const form = { key, [`q-${show.typeId}`]: '11' };
    const refused = await ask(`${film}/screenings/${slug}/tickets`, { form });
    expect(refused.status).toBeGreaterThanOrEqual(409);
    expect(session.status).toBe('open');
    expect(await textAt(at)).toContain('Your payment page is open');
  });

  it('says what is wrong beside what was typed, and opens no page', async () => {
    const { key, code } = await chosen();
    const calls = server.callsTo('/v1/checkout/sessions').length;
    const wrong = await pay(code, key, { address: 'nobody' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('value="nobody"');
    expect(server.callsTo('/v1/checkout/sessions').length).toBe(calls);
  });

  it('keeps what was typed and the places while the provider is away', async () => {
    const { key, code } = await chosen();
    server.failNext('/v1/checkout/sessions', { kind: 'status', status: 500 }, 3);
    const away = await pay(code, key);
    expect(away.status).toBe(503);
    const text = await away.text();
    expect(text).toContain('Nothing was charged and your places are kept');
    expect(text).toContain('value="Ada Okafor"');
    expect((await pay(code, key)).status).toBe(303);
  });

  it('S10 pays nothing and shows nothing without the order’s own secret', async () => {
    const { code, key } = await chosen();
    const other = await chosen();
    for (const wrong of ['', other.key, newSecret()]) {
      expect((await pay(code, wrong)).status).toBe(404);
      expect((await ask(`${film}/orders/${code}/payment?key=${wrong}`)).status).toBe(404);
      expect((await ask(`${film}/orders/${code}/refund?key=${wrong}`)).status).toBe(404);
    }
    expect((await pay(code, key)).status).toBe(303);
  });

  it('says that the time is over to who pays too late, and charges nothing', async () => {
    const { key, code } = await chosen();
    till.later({ minutes: 16 });
    const late = await pay(code, key);
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('The time was over just before');
  });

  it('gives the tickets for an invoice where the film allows it, and says so only there', async () => {
    const before = await chosen();
    expect(await textAt(before.at)).not.toContain('invoice');
    expect((await pay(before.code, before.key, { by: 'invoice' })).status).toBe(409);
    const rule = { holdMinutes: 15, refundHours: 24, invoiceDays: 30, offerHours: 12 };
    await within((tx) => saveBoxOffice(tx, filmId, till.clock(), byTest, rule));
    const { key, code, at } = await chosen();
    expect(await textAt(at)).toContain('Pay by invoice within 30 days');
    expect((await pay(code, key, { by: 'invoice' })).status).toBe(303);
    expect(await textAt(at)).toContain('You are coming');
  });

  it('lets a buyer change their choice: the page that was open for it is over first', async () => {
    const { show, key, code, at } = await chosen();
    await pay(code, key);
    const session = server.session();
    const slug = /show-\d+/.exec(await textAt(at))?.[0] ?? '';
    const form = { key, [`q-${show.typeId}`]: '3' };
    expect((await ask(`${film}/screenings/${slug}/tickets`, { form })).status).toBe(303);
    expect(session.status).toBe('expired');
    expect(await textAt(at)).toContain('Pay $45.00');
  });
});

describe('giving tickets back on the film’s site', () => {
  it('takes those that were chosen, once, and says what goes back', async () => {
    const { key, code, at, show } = await chosen(2);
    await pay(code, key);
    await ask(pathOf(server.pay(server.session()).successUrl));
    const refund = `${film}/orders/${code}/refund`;
    expect(await textAt(`${refund}?key=${key}`)).toContain('$15.00');
    expect((await ask(refund, { form: { key } })).status).toBe(422);
    expect((await ask(refund, { form: { key, 'ticket-1': 'yes' } })).status).toBe(303);
    await till.work();
    const text = await textAt(at);
    expect(text).toContain('$15.00 goes back to you');
    expect(text).toContain('given back');
    expect((await ask(refund, { form: { key, 'ticket-1': 'yes' } })).status).toBe(303);
    expect(server.session().intent?.refunds).toHaveLength(1);
    expect(show.id).not.toBe('');
  });
});
