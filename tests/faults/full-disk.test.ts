import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { formOfPage } from '../film-desk/page-form.ts';
import { firstOwner } from '../ground/first-owner.ts';
import { ownDatabase } from '../ground/own-database.ts';
import { newInstallation, startProgram } from '../ground/program.ts';
import { openedForm, sendForm } from '../ground/send-form.ts';
import { smallDisk } from '../ground/small-disk.ts';

/** Many colours: it does not compress. */
async function largePicture(): Promise<Blob> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const create = { width: 1_200, height: 900, channels: 3 as const, background: '#b3261e', noise };
  return new Blob([new Uint8Array(await sharp({ create }).png().toBuffer())], { type: 'image/png' });
}

const installation = await newInstallation();
const files = smallDisk(60, join(installation.dataDir, 'files'));
const whole = smallDisk(200);
const { settings, ask } = ownDatabase(join(whole.folder, 'data'));
const whyNot = files.whyNot ?? whole.whyNot;

describe.skipIf(whyNot !== null)('a disk that is full', () => {
  it('C9 of files: an upload is refused in words and leaves nothing; pages, forms and saves go on', async () => {
    const program = await installation.start();
    const { url } = program;
    const cookie = await firstOwner(program);
    const stamp = await openedForm(url, '/contact/general');
    const upload = async () => {
      const page = await fetch(`${url}/admin/films/union/film/poster`, { headers: { cookie } });
      const { action, data } = formOfPage(await page.text(), /\/film\/poster\?from=/);
      data.set('image.file', await largePicture(), 'poster.png');
      const headers = { cookie, origin: url };
      const answer = await fetch(url + action, { method: 'POST', redirect: 'manual', headers, body: data });
      return { status: answer.status, html: await answer.text() };
    };
    const stored = () =>
      readdirSync(files.folder, { recursive: true })
        .filter((name) => name !== '.filler')
        .sort();
    files.fill(100);
    const before = stored();
    const refused = await upload();
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('The disk of this installation is full.');
    expect(stored()).toEqual(before);
    expect((await fetch(`${url}/`)).status).toBe(200);
    // What is not made yet cannot be kept, and is shown all the same.
    const press = await (await fetch(`${url}/press`)).text();
    const pictures = [...new Set(press.match(/\/media\/[0-9a-f]{64}-\d+\.webp/g))].slice(0, 4);
    expect(pictures).toHaveLength(4);
    for (const path of [...pictures, '/share/film.png'])
      expect((await fetch(url + path)).status, path).toBe(200);
    // Too large to be held in memory: it comes as soon as there is room.
    expect((await fetch(`${url}/press/kit.zip`)).status).toBe(503);
    expect(await sendForm(url, '/contact/general', { ...stamp, message: 'kept' })).toBe(303);
    files.makeRoom();
    expect((await fetch(`${url}/press/kit.zip`)).status).toBe(200);
    expect((await upload()).status).toBe(303);
    expect(await program.stop()).toBe(0);
  }, 120_000);

  it('under the database: what was acknowledged is there, what was not is said, and room mends it', async () => {
    let program = await startProgram(settings);
    const stamp = await openedForm(program.url, '/contact/general');
    const acknowledged: string[] = [];
    const refusals = new Set<number>();
    whole.fill(600);
    for (let at = 0; at < 400 && refusals.size === 0; at += 1) {
      const message = `full-${at}-end ${'word '.repeat(700)}`;
      const status = await sendForm(program.url, '/contact/general', { ...stamp, message });
      if (status === 303) acknowledged.push(`full-${at}-end`);
      else refusals.add(status);
    }
    // The film's own words of failure, not a broken page.
    expect([...refusals]).toEqual([503]);
    expect((await fetch(`${program.url}/`)).status).toBe(200);
    whole.makeRoom();
    await program.stop();
    program = await startProgram(settings);
    const again = await sendForm(program.url, '/contact/general', { ...stamp, message: 'full-again-end' });
    expect(again).toBe(303);
    const rows = await ask<{ said: string }>(
      `select substring(answers::text from 'full-[0-9a-z]+-end') as said from inquiry`,
    );
    const kept = rows.map(({ said }) => said);
    expect(acknowledged.filter((message) => !kept.includes(message))).toEqual([]);
    expect(kept).toContain('full-again-end');
    expect(await program.stop()).toBe(0);
  }, 240_000);
});
