import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { emptyDatabase } from '../../../tests/ground/database.ts';
import { restoreBackup, writeBackup } from '../../platform/backup/index.ts';
import { inFilm, openDatabase } from '../../platform/database/database.ts';
import { openStorage } from '../../platform/storage/index.ts';
import { freeInFund, fundFigures, makeGrantCodes, waitForGrant } from '../fund/index.ts';
import { confirmOrders, placeHolds } from './index.ts';
import { claims, later, ten, withFund } from './test-fund.ts';
import { ada, asks, cleo, now, orderOf, said, today } from './test-ground.ts';

const folder = mkdtempSync(join(tmpdir(), 'houselights-fund-'));
const storageIn = (name: string) => openStorage({ dataDir: join(folder, name), storage: null });
const target = await emptyDatabase();
afterAll(async () => {
  await target.drop();
  rmSync(folder, { recursive: true });
});

it('the fund goes on in a restored installation where it was: what is given, set aside, used and waited for', async () => {
  const office = await withFund(2000);
  const { filmId, within } = office;
  const { id, typeId } = await office.screening(10, [ten]);
  const [code] = await within((tx) =>
    makeGrantCodes(tx, filmId, now, cleo, { steward: 'Local One', count: 1, usesMax: 1, goodUntil: null }),
  );
  const typed = asks(id, [{ ticketTypeId: typeId }], { code: code?.word ?? '' });
  const [first, second] = (await office.holds([claims(id, typeId), typed])).map(orderOf);
  await office.confirm(first ?? '');
  await within((tx) =>
    waitForGrant(tx, filmId, now, {
      ...{ currency: 'USD', screeningId: id, ticketTypeId: typeId, amount: 1000, address: ada.address },
      ...{ language: 'en', site: 'https://union.example', waitsUntil: later(60) },
    }),
  );
  const before = await within((tx) => fundFigures(tx, filmId, now));
  const path = join(folder, 'fund.tar.gz');
  await writeBackup({ connection: office.database.connection, storage: storageIn('source') }, path, {
    now,
    program: '0.1.0',
  });
  await restoreBackup({ connection: target.connection, storage: storageIn('target') }, path, now);
  const { kysely: db, close } = await openDatabase(target.connection, { embedded: true, sessionsMax: 3 });
  try {
    const there = <T>(work: Parameters<typeof inFilm<T>>[2]) => inFilm(db, filmId, work);
    expect(await there((tx) => fundFigures(tx, filmId, now))).toEqual(before);
    expect(await there((tx) => freeInFund(tx, filmId, now, 'USD'))).toBe(0);
    const again = { ...typed, key: claims(id, typeId).key };
    expect(said(await there((tx) => placeHolds(tx, filmId, now, [again])))).toEqual(['code_used_up']);
    const [confirmed] = await there((tx) =>
      confirmOrders(tx, filmId, now, cleo, {
        bookedOn: today,
        confirmations: [{ orderId: second ?? '', method: 'free', buyer: ada, guestNames: [] }],
      }),
    );
    expect(confirmed?.kind).toBe('confirmed');
    expect((await there((tx) => fundFigures(tx, filmId, now)))[0]).toMatchObject({ balance: 0, places: 2 });
  } finally {
    await close();
  }
});
