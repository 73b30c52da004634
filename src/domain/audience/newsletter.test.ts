import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { inFilm } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import '../film/tables.ts';
import {
  askOptIn,
  confirmOptIn,
  consentsOf,
  isStopLink,
  optInSecret,
  optInState,
  stopSecret,
  withdrawConsent,
} from './index.ts';
import { db, jobsOf, keys, newFilm, now } from './test-ground.ts';

describe('the newsletter', () => {
  const request = (over = {}) => ({
    address: 'Grace@Example.org',
    name: '',
    language: 'en',
    organisation: 'UNION',
    wording: 'I want mails about UNION.',
    page: 'https://film.example/newsletter',
    site: 'https://film.example',
    networkHash: Buffer.from('hash'),
    proof: null,
    ...over,
  });
  const ask = (filmId: string, at = now, over = {}) =>
    inFilm(db, filmId, (tx) => askOptIn(tx, filmId, at, keys, request(over)));
  const seen = { page: 'https://film.example/newsletter/confirm', networkHash: null };
  async function secretOf(filmId: string): Promise<{ secret: string; contactId: string }> {
    const { rows } = await inFilm(db, filmId, (tx) =>
      sql<{ optInId: string; contactId: string }>`select opt_in_id, contact_id from subscription`.execute(tx),
    );
    const [row] = rows;
    if (!row) throw new Error('nobody asked');
    return { secret: optInSecret(keys, filmId, row.optInId), contactId: row.contactId };
  }

  it('E6 asks by one mail when it was asked for ten times at once', async () => {
    const filmId = await newFilm();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => ask(filmId)));
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(1);
    expect(await jobsOf(filmId, 'opt-in-asked')).toBe(1);
  });

  it('E6 asks again after a quarter of an hour, and never more than three times a day', async () => {
    const filmId = await newFilm();
    const outcomes = [];
    for (const minutes of [0, 10, 20, 40, 60, 80]) outcomes.push(await ask(filmId, now.add({ minutes })));
    expect(outcomes).toEqual(['asked', 'repeat', 'asked', 'asked', 'repeat', 'repeat']);
  });

  it('is on only after the link was confirmed, and keeps each step with its exact words', async () => {
    const filmId = await newFilm();
    await ask(filmId);
    const { secret } = await secretOf(filmId);
    expect(await inFilm(db, filmId, (tx) => optInState(tx, filmId, now, secret))).toBe('open');
    await inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen));
    await inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen));
    expect(await inFilm(db, filmId, (tx) => optInState(tx, filmId, now, secret))).toBe('confirmed');
    const steps = await inFilm(db, filmId, (tx) => consentsOf(tx, filmId, 'grace@example.org'));
    expect(steps.map(({ step, wording, organisation }) => [step, wording, organisation])).toEqual([
      ['asked', 'I want mails about UNION.', 'UNION'],
      ['given', 'I want mails about UNION.', 'UNION'],
    ]);
    expect(await ask(filmId, now.add({ hours: 30 }))).toBe('already');
    expect(await jobsOf(filmId, 'opt-in-known')).toBe(1);
  });

  it('refuses a link that is too old, made up, or of another film', async () => {
    const [filmId, other] = [await newFilm(), await newFilm()];
    await ask(filmId);
    const { secret } = await secretOf(filmId);
    const confirm = (film: string, sent: string, at = now) =>
      inFilm(db, film, (tx) => confirmOptIn(tx, film, at, sent, seen));
    await expect(confirm(filmId, secret, now.add({ hours: 73 }))).rejects.toThrow('link_expired');
    await expect(confirm(filmId, 'x'.repeat(22))).rejects.toThrow('link_unknown');
    await expect(confirm(other, secret)).rejects.toThrow('link_unknown');
  });

  it('is off after the stop link, for good, even where the confirming link is still around', async () => {
    const filmId = await newFilm();
    await ask(filmId);
    const { secret, contactId } = await secretOf(filmId);
    await inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen));
    expect(isStopLink(keys, filmId, contactId, stopSecret(keys, filmId, contactId))).toBe(true);
    expect(isStopLink(keys, filmId, newId(), stopSecret(keys, filmId, contactId))).toBe(false);
    for (let press = 0; press < 2; press += 1)
      await inFilm(db, filmId, (tx) => withdrawConsent(tx, filmId, now, contactId, seen));
    await expect(inFilm(db, filmId, (tx) => confirmOptIn(tx, filmId, now, secret, seen))).rejects.toThrow(
      'link_unknown',
    );
    const steps = await inFilm(db, filmId, (tx) => consentsOf(tx, filmId, 'grace@example.org'));
    expect(steps.map(({ step }) => step)).toEqual(['asked', 'given', 'withdrawn']);
  });

  it('keeps what was agreed to as it was: the program can neither change nor delete it', async () => {
    const filmId = await newFilm();
    await ask(filmId);
    const change = (statement: string) => inFilm(db, filmId, (tx) => sql.raw(statement).execute(tx));
    await expect(change("update consent set wording = 'other'")).rejects.toThrow('permission denied');
    await expect(change('delete from consent')).rejects.toThrow('permission denied');
  });
});
