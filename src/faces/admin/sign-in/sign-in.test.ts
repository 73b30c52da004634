import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { cast, castFilm, castPassword } from '../../../../tests/cast.ts';
import { testDatabase } from '../../../../tests/ground/database.ts';
import { cookieOf, openTestHouse, signIn } from '../../../../tests/ground/house.ts';

const database = await testDatabase();
await castFilm(database);
const test = await openTestHouse(database);
const { ask, house, letters, work } = test;
const { ada, ben, cleo, dev, edie } = cast;

const desk = '/admin/films/union';
const statusAt = async (cookie: string, path = desk) => (await ask(path, { cookie })).status;

/** The figures that an authenticator app shows now: RFC 6238. */
function appCode(secret: string): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const linkIn = (text: string) => new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '').pathname;

describe('signing in', () => {
  it('leads somebody who is not signed in to the page, and back to where they wanted', async () => {
    const away = await ask(`${desk}/team`);
    expect(away.status).toBe(303);
    const location = away.headers.get('location') ?? '';
    expect(location).toContain('/admin/sign-in');
    const page = await (await ask(location)).text();
    expect(page).toContain(`value="${desk}/team"`);
    const back = await ask('/admin/sign-in', {
      form: { address: ada.address, password: castPassword, next: `${desk}/team` },
    });
    expect(back.headers.get('location')).toBe(`${desk}/team`);
    expect(await statusAt(cookieOf(back))).toBe(200);
  });

  it('never leads to another site afterwards', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example',
      '/admin//evil.example',
      '/admin/\\evil',
      'javascript:1',
    ]) {
      const answer = await ask('/admin/sign-in', {
        form: { address: ada.address, password: castPassword, next },
      });
      expect(answer.headers.get('location')).toBe('/admin');
    }
  });

  it('sets cookies that no script reads and no other site sends; behind https with every lock', async () => {
    const plain = await ask('/admin/sign-in', { form: { address: ada.address, password: castPassword } });
    for (const cookie of plain.headers.getSetCookie())
      expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i);
    const locked = await openTestHouse(database, { settings: { PUBLIC_URL: 'https://film.example' } });
    const answer = await locked.ask('/admin/sign-in', {
      form: { address: ada.address, password: castPassword },
    });
    const [session = ''] = answer.headers.getSetCookie();
    expect(session).toMatch(/^__Host-/);
    expect(session).toMatch(/Secure/);
    expect(session).toMatch(/Path=\/(;|$)/);
    expect(session).not.toMatch(/Domain/i);
  });

  it('S14 refuses a form that brings fields of its own, and changes nothing', async () => {
    const cookie = await signIn(test, ada.address);
    const more = { role: 'owner', id: 'x', email_verified: 'true', emailVerified: 'true', __proto__x: '1' };
    const tries: [string, Record<string, string>][] = [
      ['/admin/sign-in', { address: ada.address, password: castPassword }],
      ['/admin/account/name', { name: 'Mallory' }],
      [`${desk}/team/invitations`, { address: 'new@union.example', role: 'editor' }],
    ];
    for (const [path, form] of tries) {
      for (const [name, value] of Object.entries(more)) {
        if (name in form) continue;
        const answer = await ask(path, { cookie, form: { ...form, [name]: value } });
        expect([path, name, answer.status]).toEqual([path, name, 400]);
      }
    }
    expect(await (await ask('/admin/account', { cookie })).text()).toContain('value="Ada Okafor"');
    const { rows } = await sql<{
      n: number;
    }>`select count(*) as n from person where name = 'Mallory'`.execute(house.db);
    expect(rows[0]?.n).toBe(0);
  });
});

describe('S9 a session', () => {
  it('is another one after each sign-in, and the one before is over', async () => {
    const first = await signIn(test, ben.address);
    const again = await ask('/admin/sign-in', {
      cookie: first,
      form: { address: ben.address, password: castPassword },
    });
    const second = cookieOf(again, first);
    expect(second).not.toBe(first);
    expect(await statusAt(second)).toBe(200);
    expect(await statusAt(first)).toBe(303);
  });

  it('is not taken from a cookie that somebody else has planted', async () => {
    const planted = 'houselights.session_token=planted.c2lnbmF0dXJl';
    const answer = await ask('/admin/sign-in', {
      cookie: planted,
      form: { address: ben.address, password: castPassword },
    });
    expect(cookieOf(answer)).not.toContain('planted');
    expect(await statusAt(planted)).toBe(303);
  });

  it('ends everywhere else when the password changes, and is renewed here', async () => {
    const [here, elsewhere] = [await signIn(test, cleo.address), await signIn(test, cleo.address)];
    const changed = await ask('/admin/account/password', {
      cookie: here,
      form: { current: castPassword, next: 'another long password' },
    });
    expect(changed.status).toBe(303);
    expect(await statusAt(elsewhere)).toBe(303);
    expect(await statusAt(here)).toBe(303);
    expect(await statusAt(cookieOf(changed, here))).toBe(200);
    await expect(signIn(test, cleo.address)).rejects.toThrow('422');
    await signIn(test, cleo.address, 'another long password');
  });

  it('ends at once when it is ended from the account page, and nobody ends another person’s', async () => {
    const [here, elsewhere] = [await signIn(test, dev.address), await signIn(test, dev.address)];
    const others = await signIn(test, ben.address);
    const { rows } = await sql<{ id: string; email: string }>`
      select session.id, person.email from session join person on person.id = session.user_id`.execute(
      house.db,
    );
    for (const { id } of rows.filter(({ email }) => email !== dev.address))
      await ask(`/admin/account/sessions/${id}/end`, { cookie: here, form: {} });
    expect(await statusAt(others)).toBe(200);
    expect((await ask('/admin/account/sessions/end', { cookie: here, form: {} })).status).toBe(303);
    expect(await statusAt(elsewhere)).toBe(303);
    expect(await statusAt(here)).toBe(200);
  });

  it('is over after signing out', async () => {
    const cookie = await signIn(test, dev.address);
    await ask('/admin/sign-out', { cookie, form: {} });
    expect(await statusAt(cookie)).toBe(303);
  });
});

describe('a link by mail', () => {
  it('signs in once, by a press of a button, so that a scanner that opens it uses nothing up', async () => {
    letters.length = 0;
    await ask('/admin/sign-in/link', {
      form: { address: 'Edie@Union.example', password: '', next: '/admin' },
    });
    await work();
    expect(letters.map(({ to }) => to)).toEqual([edie.address]);
    const path = linkIn(letters[0]?.text ?? '');
    expect(await (await ask(path)).text()).toContain('<button type="submit"');
    const used = await ask(path, { form: {} });
    expect(used.status).toBe(303);
    expect(await statusAt(cookieOf(used))).toBe(200);
    expect((await ask(path, { form: {} })).status).toBe(410);
  });

  it('is kept nowhere once it was sent', async () => {
    const { rows } = await sql<{ textBody: string }>`select text_body from installation_mail`.execute(
      house.db,
    );
    expect(rows.every(({ textBody }) => textBody === '')).toBe(true);
  });

  it('sets a new password once, and ends every session', async () => {
    letters.length = 0;
    const open = await signIn(test, edie.address);
    await ask('/admin/forgotten-password', { form: { address: edie.address } });
    await work();
    const path = linkIn(letters[0]?.text ?? '');
    const short = await ask(path, { form: { password: 'short' } });
    expect(short.status).toBe(422);
    expect((await ask(path, { form: { password: 'a password of mine' } })).status).toBe(303);
    expect(await statusAt(open)).toBe(303);
    await signIn(test, edie.address, 'a password of mine');
    expect((await ask(path, { form: { password: 'somebody else’s turn' } })).status).toBe(410);
  });
});

describe('two-step sign-in', () => {
  it('is asked for after password and after link; a backup code is good once', async () => {
    const cookie = await signIn(test, ben.address);
    const wrong = await ask('/admin/account/two-factor', { cookie, form: { password: 'not my password' } });
    expect(wrong.status).toBe(422);
    const start = await (
      await ask('/admin/account/two-factor', { cookie, form: { password: castPassword } })
    ).text();
    const secret = /<code class="secret">([A-Z2-7 ]+)<\/code>/.exec(start)?.[1]?.replaceAll(' ', '') ?? '';
    const [, backup = ''] = /<code>([A-Za-z0-9]{5}-[A-Za-z0-9]{5})<\/code>/.exec(start) ?? [];
    expect(start).toContain('role="img"');
    const confirmed = await ask('/admin/account/two-factor/confirmation', {
      cookie,
      form: { code: appCode(secret) },
    });
    expect(confirmed.status).toBe(303);

    const half = await ask('/admin/sign-in', {
      form: { address: ben.address, password: castPassword, next: `${desk}/team` },
    });
    expect(half.headers.get('location')).toContain('/admin/sign-in/second-factor');
    expect(await statusAt(cookieOf(half))).toBe(303);
    const guess = await ask('/admin/sign-in/second-factor', {
      cookie: cookieOf(half),
      form: { code: '000000' },
    });
    expect(guess.status).toBe(422);
    const whole = await ask('/admin/sign-in/second-factor', {
      cookie: cookieOf(half),
      form: { code: appCode(secret), next: `${desk}/team` },
    });
    expect([whole.status, whole.headers.get('location')]).toEqual([303, `${desk}/team`]);
    expect(await statusAt(cookieOf(whole, cookieOf(half)))).toBe(200);

    letters.length = 0;
    await ask('/admin/sign-in/link', { form: { address: ben.address } });
    await work();
    const byLink = await ask(linkIn(letters[0]?.text ?? ''), { form: {} });
    expect(byLink.headers.get('location')).toContain('/second-factor');
    expect(await statusAt(cookieOf(byLink))).toBe(303);
    const withBackup = await ask('/admin/sign-in/second-factor', {
      cookie: cookieOf(byLink),
      form: { code: backup },
    });
    expect(withBackup.status).toBe(303);
    expect(await statusAt(cookieOf(withBackup, cookieOf(byLink)))).toBe(200);

    const once = await ask('/admin/sign-in', { form: { address: ben.address, password: castPassword } });
    const again = await ask('/admin/sign-in/second-factor', {
      cookie: cookieOf(once),
      form: { code: backup },
    });
    expect(again.status).toBe(422);
  });
});
