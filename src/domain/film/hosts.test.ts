import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/ground/database.ts';
import { commandLine } from '../../platform/audit/index.ts';
import { inFilm, inInstallation, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import { addHost, createFilm, filmHosts, films, removeHost } from './index.ts';

const database = await testDatabase();
const db = database.kysely;
const now = Temporal.Instant.from('2026-11-22T12:00:00Z');

/** A film of its own, and what its hosts are. */
async function newFilm() {
  const filmId = newId();
  const within = <T>(work: (tx: Tx) => Promise<T>) => inFilm(db, filmId, work);
  await within((tx) => createFilm(tx, filmId, now, { slug: `f-${filmId}` }));
  return {
    add: (host: string) => within((tx) => addHost(tx, filmId, now, commandLine, host)),
    remove: (host: string) => within((tx) => removeHost(tx, filmId, now, commandLine, host)),
    hosts: async () =>
      (await inInstallation(db, filmHosts))
        .filter((each) => each.filmId === filmId)
        .map(({ host }) => host)
        .sort(),
    canonical: async () => (await inInstallation(db, films)).find(({ id }) => id === filmId)?.canonicalHost,
  };
}

describe("a film's host names", () => {
  it('the first is its canonical address, and adding it again changes nothing', async () => {
    const film = await newFilm();
    await film.add('one.example');
    await film.add('Two.example');
    await film.add('ONE.example');
    expect(await film.hosts()).toEqual(['one.example', 'two.example']);
    expect(await film.canonical()).toBe('one.example');
  });

  it('of several that are added at once one is canonical, and all are there', async () => {
    const film = await newFilm();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `${name}.at-once.example`);
    await Promise.all(names.map((name) => film.add(name)));
    expect(await film.hosts()).toEqual(names);
    expect(names).toContain(await film.canonical());
  });

  it('when the canonical one is taken away, another that is left becomes it', async () => {
    const film = await newFilm();
    await film.add('old.example');
    await film.add('new.example');
    await film.remove('old.example');
    expect(await film.canonical()).toBe('new.example');
    await film.remove('new.example');
    expect(await film.canonical()).toBeNull();
  });

  it('refuses a name that leads to another film, which keeps it', async () => {
    const [film, other] = [await newFilm(), await newFilm()];
    await film.add('mine.example');
    await expect(other.add('mine.example')).rejects.toMatchObject({ code: 'host_taken' });
    await other.remove('mine.example');
    expect(await film.hosts()).toEqual(['mine.example']);
  });
});
