import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
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
const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
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
    const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let at = 0; at < 5; at += 1) {
      for (const [kind, address] of [
        ['known', ben.address],
        ['unknown', `nobody${at}@union.example`],
      ] as const) {
        const began = performance.now();
        await signInAs(address, 'a wrong password');
        took[kind].push(performance.now() - began);
      }
    }
    // Without the hash an unknown address is answered some twenty times faster.
    const ratio = median(took.unknown) / median(took.known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
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
