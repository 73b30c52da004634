import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { cast, castFilm, castPassword } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { openTestHouse } from '../../../../tests/ground/house.ts';

const database = await testDatabase();
await castFilm(database);
const { ask, house, letters, work } = await openTestHouse(database);
const { ada, ben } = cast;
const nobody = 'nobody@union.example';

const signInAs = (address: string, password: string) =>
  ask('/admin/sign-in', { form: { address, password } });

/** Counts the slow hashes from here on: scrypt is all that takes time, and sign-in's library calls it by name. */
function countedHashes(): { count(): number; stop(): void } {
  const spy = vi.spyOn(crypto, 'scrypt');
  syncBuiltinESMExports();
  return {
    count: () => spy.mock.calls.length,
    stop() {
      spy.mockRestore();
      syncBuiltinESMExports();
    },
  };
}

/** A page without what was typed into it. */
const words = async (answer: Response, address: string) => (await answer.text()).replaceAll(address, '…');

const waiting = async () => {
  const { rows } = await sql<{ waiting: number }>`select waiting from queue_state()`.execute(house.db);
  return rows[0]?.waiting ?? 0;
};

beforeEach(async () => {
  await sql`delete from attempt`.execute(house.db);
  letters.length = 0;
});

describe('S13 somebody who guesses', () => {
  it('reads the same page for an unknown address as for a wrong password', async () => {
    const known = await signInAs(ada.address, 'a wrong password');
    const unknown = await signInAs(nobody, 'a wrong password');
    expect(unknown.status).toBe(known.status);
    expect(await words(unknown, nobody)).toBe(await words(known, ada.address));
    expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()]);
  });

  it('waits as long for it, because both cost one slow hash', async () => {
    const hashes = countedHashes();
    try {
      for (const address of [ben.address, nobody]) {
        const before = hashes.count();
        await signInAs(address, 'a wrong password');
        expect([address, hashes.count() - before]).toEqual([address, 1]);
      }
    } finally {
      hashes.stop();
    }
  });

  it('learns nothing from asking for links: same page, same steps, and a mail only where it belongs', async () => {
    const before = await waiting();
    for (const path of ['/admin/sign-in/link', '/admin/forgotten-password']) {
      const pages = [];
      for (const address of [ada.address, nobody]) {
        const answer = await ask(path, { form: { address } });
        pages.push([answer.status, await words(answer, address)]);
      }
      expect(pages[0]).toEqual(pages[1]);
    }
    expect((await waiting()) - before).toBe(4);
    await work();
    expect(letters.map(({ to }) => to)).toEqual([ada.address, ada.address]);
  });

  it('is stopped after ten tries, also with the right password then', async () => {
    for (let at = 0; at < 10; at += 1)
      expect((await signInAs(ada.address, `guess number ${at}`)).status).toBe(422);
    expect((await signInAs(ada.address, castPassword)).status).toBe(429);
    expect((await signInAs(ben.address, castPassword)).status).toBe(303);
  });

  it('does not start afresh by signing in to an account of their own in between', async () => {
    const statuses = [];
    for (let at = 0; at < 12; at += 1) {
      statuses.push((await signInAs(ada.address, `guess number ${at}`)).status);
      if (at % 4 === 3) expect((await signInAs(ben.address, castPassword)).status).toBe(303);
    }
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  it('does not start afresh by asking for a link or a new password', async () => {
    for (let at = 0; at < 10; at += 1) await signInAs(ada.address, `guess number ${at}`);
    await ask('/admin/sign-in/link', { form: { address: ada.address } });
    await ask('/admin/forgotten-password', { form: { address: ada.address } });
    expect((await signInAs(ada.address, castPassword)).status).toBe(429);
  });

  it('is counted by account and network in the database, under no readable address', async () => {
    await signInAs(ada.address, 'a wrong password');
    const { rows } = await sql<{ key: string }>`select key from attempt`.execute(house.db);
    expect(rows.length).toBe(3);
    expect(rows.filter(({ key }) => key.includes(ada.address))).toEqual([]);
  });

  it('cannot fill a mailbox: five links an hour', async () => {
    const statuses = [];
    for (let at = 0; at < 6; at += 1)
      statuses.push((await ask('/admin/sign-in/link', { form: { address: ada.address } })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });
});
