import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { good, screening } from '../ground/film-folders.ts';
import { newInstallation, type Program } from '../ground/program.ts';

const installation = await newInstallation();
const folder = mkdtempSync(join(tmpdir(), 'houselights-isolation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function enter(slug: string, colour: string): Promise<void> {
  const at = join(folder, slug);
  mkdirSync(join(at, 'media'), { recursive: true });
  const create = { width: 700, height: 400, channels: 3 as const, background: colour };
  writeFileSync(join(at, 'media/hero.jpg'), await sharp({ create }).jpeg().toBuffer());
  const film = good();
  Object.assign(film.film, { slug, title: `FILM-${slug}` });
  film.screenings = [{ ...screening(0), slug: `only-${slug}` }];
  Object.assign(film, { pages: [{ slug: `page-${slug}`, title: slug, body: slug }] });
  writeFileSync(join(at, 'film.yaml'), JSON.stringify(film));
  expect((await installation.command(['import', at, '--publish'])).err).toBe('');
}

/** Asks with a Host header of our choice, which fetch would not send. */
function ask({ url }: Program, path: string, host?: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((done, failed) => {
    const asked = request(
      { hostname, port, path, headers: { host: host ?? new URL(url).host } },
      (answer) => {
        let body = '';
        answer.on('data', (piece) => (body += piece));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body }));
      },
    );
    asked.on('error', failed);
    asked.end();
  });
}

describe('two films in one installation', () => {
  it('S5 neither answers with anything of the other, by host or by path, from memory or anew', async () => {
    await enter('one', '#b3261e');
    await enter('two', '#1e3ab3');
    const client = new pg.Client(installation.settings.DATABASE_URL);
    await client.connect();
    await client.query(
      `insert into film_host (host, film_id) select slug || '.example', id from film where slug in ('one', 'two')`,
    );
    await client.end();
    const program = await installation.start({ ROLE: 'web' }, ['--no-example']);
    const doors = {
      one: [
        ['one.example', ''],
        [undefined, '/films/one'],
      ],
      two: [
        ['two.example', ''],
        [undefined, '/films/two'],
      ],
    } as const;
    for (const [slug, other] of [
      ['one', 'two'],
      ['two', 'one'],
    ] as const) {
      for (const [host, base] of doors[slug]) {
        for (const path of [
          '/',
          '/screenings',
          '/screenings.json',
          '/screenings.ics',
          '/press',
          '/contact',
          '/sitemap.xml',
        ]) {
          for (let time = 0; time < 2; time += 1) {
            const { status, body } = await ask(program, base + path, host);
            expect(status, path).toBe(200);
            // Its host name may stand in no link either.
            expect(body, `${host}${base}${path}`).not.toMatch(
              new RegExp(`FILM-${other}|only-${other}|page-${other}|${other}\\.example`),
            );
          }
        }
        const picture =
          /\/media\/[0-9a-f]{64}[^"\s]*/.exec((await ask(program, `${base}/`, host)).body)?.[0] ?? '';
        expect((await ask(program, base + picture, host)).status).toBe(200);
        for (const [otherHost, otherBase] of doors[other]) {
          for (const path of [
            picture,
            `/screenings/only-${slug}`,
            `/screenings/only-${slug}.ics`,
            `/page-${slug}`,
          ])
            expect((await ask(program, otherBase + path, otherHost)).status, path).toBe(404);
        }
        expect((await ask(program, `/films/${other}/`, `${slug}.example`)).status).toBe(404);
      }
    }
    expect(program.terminal()).not.toContain('"level":50');
    await program.stop();
  }, 120_000);

  it('S20 the program listens on this machine alone, unless HOST says otherwise', async () => {
    const program = await installation.start({ ROLE: 'web' }, ['--no-example']);
    const port = Number(new URL(program.url).port).toString(16).toUpperCase().padStart(4, '0');
    const listening = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.includes(`:${port} `) && / 0A /.test(line)),
    );
    expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${port}`]);
    await program.stop();
  });
});
