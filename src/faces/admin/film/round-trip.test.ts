import { describe, expect, it } from 'vitest';
import { openTrialDesk, type TrialFilm } from '../../../../tests/film-desk/desk.ts';
import { fullDocument, unionDocument, unionFiles } from '../../../../tests/film-desk/films.ts';
import type { FilmDocument } from '../../../domain/film/index.ts';
import { at } from './form/show-field.ts';
import { parts } from './parts/index.ts';
import { findPlace } from './place.ts';
import { entriesOf } from './place-view.ts';

const desk = await openTrialDesk();

/** Every page of a film's editor that has a form, lists within lists included. */
function addressesOf(document: FilmDocument): string[] {
  const found: string[] = [];
  const visit = (address: string): void => {
    const here = findPlace(document, address.replace(/^\/film\//, ''));
    if (here?.is !== 'page') throw new Error(`${address} is no page`);
    if (here.place.fields.length > 0) found.push(address);
    for (const { path, address: list } of here.place.lists) {
      for (const [key] of entriesOf(at(document, path))) visit(`${list}/${key}`);
    }
  };
  for (const { slug } of parts) visit(`/film/${slug}`);
  return found;
}

async function expectUnchanged(film: TrialFilm): Promise<number> {
  const before = await film.latest();
  const addresses = addressesOf(before.document);
  for (const address of addresses) {
    const answer = await film.fill(address, {});
    expect([address, answer.status, answer.headers.get('location')]).toEqual([
      address,
      303,
      `${film.base}${address}?said=same`,
    ]);
  }
  expect((await film.latest()).document).toStrictEqual(before.document);
  expect((await film.latest()).number).toBe(before.number);
  return addresses.length;
}

describe('a page of the editor sent back untouched', () => {
  it('changes nothing, for every part of a film with everything that is hard to type', async () => {
    const film = await desk.newFilm(fullDocument());
    expect(await expectUnchanged(film)).toBeGreaterThan(25);
  });

  it('changes nothing, for every part of the example film', async () => {
    const document = await unionDocument();
    const { slug, title, site_languages, timezone, currency } = document.film;
    const film = await desk.newFilm({ film: { slug, title, site_languages, timezone, currency } });
    const files = await unionFiles(desk.house, film.filmId, document);
    expect(Object.keys(files).length).toBeGreaterThan(5);
    await film.saveAllOf(document, files);
    expect(await expectUnchanged(film)).toBeGreaterThan(50);
  });
});
