import { describe, expect, it } from 'vitest';
import { cast, castFilm, castPassword } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { cookieOf, openTestHouse } from '../../../../tests/ground/house.ts';
import { makeSetupLink } from '../../../domain/people/index.ts';
import { inInstallation } from '../../../platform/database/database.ts';

const database = await testDatabase();
await castFilm(database);
const { ask, house } = await openTestHouse(database);
const secret = (await inInstallation(house.db, (tx) => makeSetupLink(tx, house.clock()))) ?? '';
const path = `/setup/${secret}`;
const asking = (address: string) => ({ form: { name: 'First Owner', address, password: castPassword } });

describe('S19 the first start', () => {
  it('shows its page to the link of the terminal only', async () => {
    expect((await ask(path)).status).toBe(200);
    expect((await ask('/setup/guessed-secret')).status).toBe(404);
    expect((await ask('/setup/guessed-secret', asking('x@union.example'))).status).toBe(404);
  });

  it('keeps what was typed when something is wrong, and the link with it', async () => {
    const answer = await ask(path, { form: { name: 'First Owner', address: 'nowhere', password: 'short' } });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('value="First Owner"');
    const taken = await ask(path, asking(cast.ada.address));
    expect(taken.status).toBeGreaterThanOrEqual(400);
    expect((await ask(path)).status).toBe(200);
  });

  it('makes exactly one owner of two who press at the same moment; the other reads that it is over', async () => {
    const answers = await Promise.all([
      ask(path, asking('one@union.example')),
      ask(path, asking('two@union.example')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
    const winner = answers.find(({ status }) => status === 303);
    const cookie = winner ? cookieOf(winner) : '';
    const home = await ask('/admin', { cookie });
    expect(home.headers.get('location')).toBe('/admin/films/union');
    expect((await ask('/admin/films/union/team', { cookie })).status).toBe(200);
    expect((await ask(path)).status).toBe(410);
    expect((await ask(path, asking('three@union.example'))).status).toBe(410);
  });
});
