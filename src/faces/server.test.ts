import { request } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { castFilm, strangersFilm } from '../../tests/cast.ts';
import { testDatabase } from '../../tests/ground/database.ts';
import { openTestHouse } from '../../tests/ground/house.ts';
import { startServer } from './server.ts';

const database = await testDatabase();
await castFilm(database);
await strangersFilm(database);
const { house } = await openTestHouse(database, { settings: { PROXIES: '1' } });
const server = await startServer(house, 0);
afterAll(() => server.close());

/** What a proxy of ours passes on: the status and title of the page at a path of a claimed host. */
const ask = (path: string, host: string): Promise<string> =>
  new Promise((done, failed) => {
    request({ port: server.port, path, headers: { 'x-forwarded-host': host } }, async (answer) => {
      let text = '';
      for await (const piece of answer) text += piece;
      done(`${answer.statusCode} ${/<title>([^<]*)/.exec(text)?.[1]}`);
    })
      .once('error', failed)
      .end();
  });

it('answers at another film’s address with no page of the front film, whatever host somebody claimed before', async () => {
  expect(await ask('/screenings', 'films.example')).toMatch('200 Screenings · UNION');
  // Written one after the other, this host and path are the other film's address.
  expect(await ask('/screenings', 'films.example/films/elsewhere')).toMatch('UNION');
  expect(await ask('/films/elsewhere/screenings', 'films.example')).not.toMatch('UNION');
});

it('keeps nothing for who names no host: a malformed one is refused before and after others came', async () => {
  const malformed = () =>
    new Promise<number | undefined>((done, failed) => {
      request({ port: server.port, path: '/press', headers: { host: 'x y' } }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      })
        .once('error', failed)
        .end();
    });
  expect(await malformed()).toBe(400);
  await ask('/press', 'a/b');
  expect(await malformed()).toBe(400);
});
