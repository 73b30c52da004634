import { parseArgs } from 'node:util';
import { addHost, filmHosts, films, removeHost } from '../domain/film/index.ts';
import { commandLine } from '../platform/audit/index.ts';
import { inFilm, inInstallation } from '../platform/database/database.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Command, WrongUsage } from './command.ts';
import { openGround } from './ground.ts';

const hostName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

// RFC 1035 ends a name there; a port may follow.
const hostCharactersMax = 253 + ':65535'.length;

export const hostCommand: Command = {
  name: 'host',
  usage: '<film> [<host name>] [--remove]',
  about: 'let a film answer at a host name of its own, or list those it has',
  help: `The first host name that a film gets is its canonical address: links, feeds and the sitemap name it. Point
the name at this server (DNS, or the proxy in front) and the film answers there within seconds.

  --remove   take the name away again`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { remove: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [slug, typed] = positionals;
    if (slug === undefined || positionals.length > 2 || (values.remove && typed === undefined))
      throw new WrongUsage();
    const host = typed && asBrowsersSendIt(typed);
    if (host !== undefined && (host.length > hostCharactersMax || !hostName.test(host)))
      throw new Refusal('host_name', { host });
    const ground = await openGround();
    try {
      const { clock, database } = ground;
      const db = database.kysely;
      const film = (await inInstallation(db, films)).find((known) => known.slug === slug);
      if (!film) throw new Refusal('unknown_film', { slug });
      if (host !== undefined) {
        await inFilm(db, film.id, (tx) =>
          values.remove
            ? removeHost(tx, film.id, clock(), commandLine, host)
            : addHost(tx, film.id, clock(), commandLine, host),
        );
      }
      const hosts = (await inInstallation(db, filmHosts)).filter(({ filmId }) => filmId === film.id);
      console.log(`${slug}: ${hosts.map((known) => known.host).join(', ') || 'no host name of its own'}`);
      return 0;
    } finally {
      await ground.close();
    }
  },
};

/** Lower case, and letters beyond ASCII as they stand in a Host header: münchen.example is xn--mnchen-3ya.example. */
function asBrowsersSendIt(typed: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII ends there
  const isPlain = /^[\u0000-\u007f]*$/.test(typed) || /[/?#@\\]/.test(typed);
  const address = `http://${typed}`;
  return isPlain || !URL.canParse(address) ? typed.toLowerCase() : new URL(address).host;
}
