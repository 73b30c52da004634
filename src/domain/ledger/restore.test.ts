import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { emptyDatabase } from '../../../tests/ground/database.ts';
import { restoreBackup, writeBackup } from '../../platform/backup/index.ts';
import { inFilm, openDatabase } from '../../platform/database/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { openStorage } from '../../platform/storage/index.ts';
import { closeDays, journal, openDays, post, reverse, statementOf, trialBalance } from './index.ts';
import { finn, now, openBooks, today, usd } from './test-ground.ts';

const books = await openBooks();
const folder = mkdtempSync(join(tmpdir(), 'houselights-books-'));
const storageIn = (name: string) => openStorage({ dataDir: join(folder, name), storage: null });
const target = await emptyDatabase();
afterAll(async () => {
  await target.drop();
  rmSync(folder, { recursive: true });
});

it('go on in a restored installation where they were: balanced, closed, each fact once', async () => {
  const union = await books.film();
  const lines = [usd('bank', 100), usd('makers', -100)];
  const old = today.subtract({ days: openDays + 3 });
  await books.post(union, { key: 'old', lines, bookedOn: old });
  await closeDays(books.db, union, today);
  const { groupId } = await books.post(union, { key: 'new', lines });
  const path = join(folder, 'books.tar.gz');
  const source = { connection: books.database.connection, storage: storageIn('source') };
  await writeBackup(source, path, { now, program: '0.1.0' });
  await restoreBackup({ connection: target.connection, storage: storageIn('target') }, path, now);
  const { kysely: db, close } = await openDatabase(target.connection, { embedded: true, sessionsMax: 3 });
  try {
    const there = <T>(work: Parameters<typeof inFilm<T>>[2]) => inFilm(db, union, work);
    const balances = () => there((tx) => trialBalance(tx, union, null));
    expect(await balances()).toEqual(await books.within(union, (tx) => trialBalance(tx, union, null)));
    expect(await there((tx) => journal(tx, union, {}, null, 10))).toEqual(
      await books.within(union, (tx) => journal(tx, union, {}, null, 10)),
    );
    const say = (key: string, bookedOn = today) =>
      there((tx) => post(tx, union, now, finn, { key, kind: 'order', bookedOn, lines }));
    expect((await say('old', old)).isRepeat).toBe(true);
    await expect(say('older', old)).rejects.toThrow(new Refusal('day_closed'));
    const undo = () => there((tx) => reverse(tx, union, now, finn, { groupId, bookedOn: today }));
    expect([(await undo()).isRepeat, (await undo()).isRepeat]).toEqual([false, true]);
    await closeDays(db, union, today.add({ days: openDays + 2 }));
    const bank = { account: 'bank', currency: 'USD', from: '2000-01-01', to: '2100-01-01' };
    const statement = await there((tx) => statementOf(tx, union, bank, 10));
    expect(statement.closing).toBe(10_000);
    const edit = there((tx) => sql`update ledger_close set closed_through = '2000-01-01'`.execute(tx));
    await expect(edit).rejects.toThrow('permission denied');
  } finally {
    await close();
  }
});
