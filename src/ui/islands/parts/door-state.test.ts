import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { cast } from '../../../../tests/cast.ts';
import { signIn } from '../../../../tests/ground/house.ts';
import {
  doorList,
  ticketSigner,
  type WireEvent,
  type WireList,
  type WireNews,
  type WireShown,
} from '../../../domain/boxoffice/index.ts';
import { createFilm } from '../../../domain/film/index.ts';
import { makeApp } from '../../../faces/app.tsx';
import { openTicketHouse } from '../../../faces/tickets/test-ground.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { newId } from '../../../platform/secrets.ts';
import { openDoorState } from './door-state.ts';

const house = await openTicketHouse();
const app = makeApp(house.house);
const { within, film } = house;
const now = house.house.clock();
const cookie = await signIn(house, cast.gus.address);
const { publicUrl } = house.house.config;

/** The same numbers in every run: what failed once fails again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function sell(count: number, name: string) {
  const screening = await house.screening(count);
  for (let left = count; left > 0; left -= 100)
    await house.order(screening, { quantity: Math.min(left, 100), address: null, name });
  return screening;
}

async function tell(slug: string, events: readonly WireEvent[], since: number): Promise<WireNews> {
  const headers = {
    'sec-fetch-site': 'same-origin',
    host: new URL(publicUrl).host,
    origin: publicUrl,
    cookie,
  };
  const url = new URL(`/admin/films/union/door/${slug}/scans`, publicUrl);
  const body = JSON.stringify({ device: 'A', since, events });
  const answer = await app.request(new Request(url, { method: 'POST', headers, body }));
  expect(answer.status).toBe(200);
  return (await answer.json()) as WireNews;
}

describe('a device without a network', () => {
  it('F4 decides ten thousand random tickets as the server does, one after the other', async () => {
    const random = numbers(20_241_103);
    const count = 10_000;
    const here = await sell(count, 'Ada');
    const elsewhere = await sell(100, 'Ben');
    await within((tx) =>
      sql`update ticket set cancelled_at = case when number % 7 = 0 then now() end,
                            generation = case when number % 5 = 0 then 3 else 1 end
           where screening_id = ${here.id}`.execute(tx),
    );
    const [tickets, others, signer] = await within(async (tx) => [
      await doorList(tx, film.id, here.id),
      await doorList(tx, film.id, elsewhere.id),
      await ticketSigner(tx, film.id, now),
    ]);
    const otherFilm = newId();
    const stranger = await inFilm(house.database.kysely, otherFilm, async (tx) => {
      await createFilm(tx, otherFilm, now, { slug: 'stranger' });
      return await ticketSigner(tx, otherFilm, now);
    });
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const code = (text: string): WireShown => ({ kind: 'code', text });
    const shown = (): WireShown => {
      const { id, generation } = pick(tickets);
      const good = { id, screeningId: here.id, generation };
      const kind = random();
      if (kind < 0.55) return code(signer.sign(good));
      if (kind < 0.65) return { kind: 'ticket', ticketId: id, way: random() < 0.5 ? 'name' : 'typed' };
      if (kind < 0.75)
        return code(signer.sign({ ...good, generation: 1 + Math.floor(random() * generation) }));
      if (kind < 0.8)
        return code(signer.sign({ id: pick(others).id, screeningId: elsewhere.id, generation: 1 }));
      if (kind < 0.85) return code(stranger.sign(good));
      if (kind < 0.9) return { kind: 'ticket', ticketId: newId(), way: 'typed' };
      const text = signer.sign(good);
      const at = Math.floor(random() * text.length);
      if (kind < 0.97) return code(text.slice(0, at) + pick([...'0123456789ABCDEFXYZ']) + text.slice(at + 1));
      return code(pick(['', '{}', 'https://a.example', text.slice(1), text + text]));
    };

    const device = openDoorState();
    const list = await house.ask(`/admin/films/union/door/${here.slug}/list`, { cookie });
    expect(await device.setList((await list.json()) as WireList)).toBe(true);
    expect(device.size()).toBe(count);
    const reasons = new Map<string, number>();
    let since = 0;
    for (let batch = 0; batch < 20; batch += 1) {
      const events: WireEvent[] = [];
      const offline = new Map<string, string>();
      for (let turn = 0; turn < 500; turn += 1) {
        const event = { kind: 'scan', nonce: newId(), at: Date.now(), shown: shown(), said: null } as const;
        const { decision, ticketId } = await device.judge(event.shown);
        if (decision.admits && ticketId !== null)
          device.note({ nonce: event.nonce, ticketId, at: event.at, device: 'A' });
        offline.set(event.nonce, `${decision.admits ? 'admitted' : 'refused'} ${decision.reason}`);
        reasons.set(decision.reason, (reasons.get(decision.reason) ?? 0) + 1);
        events.push(event);
      }
      const news = await tell(here.slug, events, since);
      since = news.since;
      const online = new Map(news.scans.map(({ nonce, verdict, reason }) => [nonce, `${verdict} ${reason}`]));
      expect(online).toEqual(offline);
    }
    // Every rule was asked; otherwise the same answers would say little.
    expect([...reasons.keys()].sort()).toEqual([
      ...['admitted', 'already_in', 'cancelled', 'forged', 'no_ticket'],
      ...['other_film', 'other_screening', 'replaced', 'unknown'],
    ]);
  }, 120_000);

  it('lets in what was sold after its list was fetched, by its signature, and once', async () => {
    const screening = await house.screening();
    const device = openDoorState();
    const list = await house.ask(`/admin/films/union/door/${screening.slug}/list`, { cookie });
    await device.setList((await list.json()) as WireList);
    const { order } = await house.order(screening, { quantity: 1 });
    const ticketId = order.tickets[0]?.id ?? '';
    const signer = await within((tx) => ticketSigner(tx, film.id, now));
    const text = signer.sign({ id: ticketId, screeningId: screening.id, generation: 1 });
    const judge = () => device.judge({ kind: 'code', text });
    expect((await judge()).decision).toMatchObject({ admits: true, reason: 'not_listed' });
    device.note({ nonce: newId(), ticketId, at: 1, device: 'A' });
    expect((await judge()).decision).toMatchObject({ admits: false, reason: 'already_in' });
  });
});
