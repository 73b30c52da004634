import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CastFilm, cast, castFilm, joinAs, strangersFilm } from '../../../tests/cast.ts';
import { testDatabase } from '../../../tests/ground/database.ts';
import { inFilm, inInstallation, type Tx } from '../../platform/database/database.ts';
import { newId } from '../../platform/secrets.ts';
import {
  acceptInvitation,
  changeRole,
  enrolInstallationOwners,
  filmsOfPerson,
  invitationOf,
  invitations,
  invite,
  makeFirstOwner,
  makeSetupLink,
  removeMember,
  renewInvitation,
  revokeInvitation,
  roleIn,
  setupState,
  team,
} from './index.ts';

const database = await testDatabase();
const db = database.kysely;
const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
let film: CastFilm;
const on = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inFilm(db, film.id, work);
const ada = () => ({ personId: film.people.ada.id, name: 'Ada Okafor' });
const ben = () => ({ personId: film.people.ben.id, name: 'Ben Castillo' });

beforeEach(async () => {
  film = await castFilm(database, { slug: `film-${newId()}` });
});

/** What became of two that ran at once. */
async function outcomes(tries: Promise<unknown>[]): Promise<string[]> {
  const settled = await Promise.allSettled(tries);
  return settled.map((each) => (each.status === 'fulfilled' ? 'done' : String(each.reason.code))).sort();
}

describe('a team', () => {
  it('keeps at least one owner, whoever asks', async () => {
    const { id } = film.people.ada;
    await expect(on((tx) => removeMember(tx, film.id, now, ada(), id))).rejects.toThrow('last_owner');
    await expect(
      on((tx) => changeRole(tx, film.id, now, ada(), { personId: id, role: 'editor' })),
    ).rejects.toThrow('last_owner');
    expect(await on((tx) => roleIn(tx, film.id, id))).toBe('owner');
  });

  it('never loses both owners when they remove each other at the same moment', async () => {
    for (let round = 0; round < 8; round += 1) {
      await on((tx) =>
        tx
          .updateTable('teamMember')
          .set({ role: 'owner' })
          .where('personId', '=', film.people.ben.id)
          .execute(),
      );
      const seen = await outcomes([
        on((tx) => removeMember(tx, film.id, now, ada(), film.people.ben.id)),
        on((tx) => removeMember(tx, film.id, now, ben(), film.people.ada.id)),
      ]);
      expect(seen).toEqual(['done', 'not_owner']);
      const members = await on((tx) => team(tx, film.id));
      expect(members.filter(({ role }) => role === 'owner')).toHaveLength(1);
      film = await castFilm(database, { slug: `film-${newId()}` });
    }
  });

  it('is changed by owners only, also when the page was opened while they still were', async () => {
    await expect(on((tx) => removeMember(tx, film.id, now, ben(), film.people.gus.id))).rejects.toThrow(
      'not_owner',
    );
    await expect(
      on((tx) =>
        invite(tx, film.id, now, ben(), { address: 'new@union.example', role: 'owner', wasMailed: true }),
      ),
    ).rejects.toThrow('not_owner');
  });

  it('S5 is not seen from another film, and its people’s films only by themselves', async () => {
    const other = await strangersFilm(database, `other-${newId()}`);
    const seen = await inFilm(db, other.id, (tx) => team(tx, film.id));
    expect(seen).toEqual([]);
    await joinAs(database, other.id, cast.ben);
    const films = await inInstallation(db, (tx) => filmsOfPerson(tx, film.people.ben.id));
    expect(films.map(({ filmId }) => filmId)).toEqual(expect.arrayContaining([film.id, other.id]));
  });
});

describe('an invitation', () => {
  const asked = { address: 'New@Union.example', role: 'outreach', wasMailed: true } as const;

  it('brings one new person in, once', async () => {
    const { secret } = await on((tx) =>
      invite(tx, film.id, now, ada(), { ...asked, address: `${newId()}@union.example` }),
    );
    const as = { name: 'New Person', passwordHash: 'x' };
    const seen = await outcomes([
      on((tx) => acceptInvitation(tx, film.id, now, { secret, as })),
      on((tx) => acceptInvitation(tx, film.id, now, { secret, as })),
    ]);
    expect(seen).toEqual(['done', 'invitation_gone']);
    expect((await on((tx) => team(tx, film.id))).filter(({ name }) => name === 'New Person')).toHaveLength(1);
  });

  it('is worth nothing when it was renewed, taken back, has run out, or belongs to another film', async () => {
    const first = await on((tx) => invite(tx, film.id, now, ada(), asked));
    expect(await on((tx) => invitationOf(tx, film.id, now, first.secret))).toMatchObject({
      address: 'new@union.example',
    });
    const second = await on((tx) =>
      renewInvitation(tx, film.id, now, ada(), { id: first.id, wasMailed: true }),
    );
    expect(await on((tx) => invitationOf(tx, film.id, now, first.secret))).toBeNull();
    expect(await on((tx) => invitations(tx, film.id))).toHaveLength(1);
    const later = now.add({ hours: 24 * 15 });
    expect(await on((tx) => invitationOf(tx, film.id, later, second.secret))).toBeNull();
    const other = await strangersFilm(database, `other-${newId()}`);
    expect(await inFilm(db, other.id, (tx) => invitationOf(tx, other.id, now, second.secret))).toBeNull();
    await on((tx) => revokeInvitation(tx, film.id, now, ada(), second.id));
    expect(await on((tx) => invitationOf(tx, film.id, now, second.secret))).toBeNull();
  });

  it('is not taken by somebody else who is signed in, and stays open then', async () => {
    const { secret } = await on((tx) => invite(tx, film.id, now, ada(), asked));
    const as = film.people.gus;
    await expect(on((tx) => acceptInvitation(tx, film.id, now, { secret, as }))).rejects.toThrow(
      'other_address',
    );
    expect(await on((tx) => invitationOf(tx, film.id, now, secret))).not.toBeNull();
  });

  it('is not sent to somebody who is in the team', async () => {
    const again = { ...asked, address: cast.gus.address };
    await expect(on((tx) => invite(tx, film.id, now, ada(), again))).rejects.toThrow('already_member');
  });
});

describe('S19 the first owner', () => {
  const setUp = (secret: string, name: string) =>
    inInstallation(db, (tx) =>
      makeFirstOwner(tx, now, {
        secret,
        name,
        address: `${name.toLowerCase()}@first.example`,
        passwordHash: 'x',
        filmIds: [film.id],
      }),
    );

  it('is made once, by the newest link, of everybody who comes at once exactly one', async () => {
    const old = await inInstallation(db, (tx) => makeSetupLink(tx, now));
    const secret = (await inInstallation(db, (tx) => makeSetupLink(tx, now))) ?? '';
    await expect(setUp(old ?? '', 'Old')).rejects.toThrow('setup_unknown');
    await expect(setUp('guessed', 'Guess')).rejects.toThrow('setup_unknown');
    const seen = await outcomes(['Una', 'Dos', 'Tres', 'Cuatro'].map((name) => setUp(secret, name)));
    expect(seen).toEqual(['done', 'setup_used', 'setup_used', 'setup_used']);
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from person where email like '%@first.example'`.execute(db);
    expect(rows[0]?.n).toBe(1);
    expect(await inInstallation(db, (tx) => makeSetupLink(tx, now))).toBeNull();
    expect(await inInstallation(db, (tx) => setupState(tx, secret))).toBe('used');
  });

  it('owns the films that were there, and each that comes', async () => {
    const { rows } = await sql<{
      id: string;
    }>`select id from person where email like '%@first.example'`.execute(db);
    const first = rows[0]?.id ?? '';
    await on((tx) => enrolInstallationOwners(tx, film.id, now));
    await on((tx) => enrolInstallationOwners(tx, film.id, now));
    expect(await on((tx) => roleIn(tx, film.id, first))).toBe('owner');
    expect((await inInstallation(db, (tx) => filmsOfPerson(tx, first))).length).toBe(2);
  });
});
