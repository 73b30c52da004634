import { parseArgs } from 'node:util';
import { films } from '../domain/film/index.ts';
import { buildKitAhead } from '../faces/press/build-ahead.ts';
import { renderAhead } from '../faces/site/media/render-ahead.ts';
import { inInstallation } from '../platform/database/database.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Command, WrongUsage } from './command.ts';
import { openGround } from './ground.ts';
import { openHouse } from './open-house.ts';

export const prepareCommand: Command = {
  name: 'prepare',
  usage: '<film>',
  about: 'make a film’s pictures and press kit ahead of its visitors',
  help: `The program does so itself a minute after each publication. By hand it is worth its while after files were
moved to another storage, where everything that is made from them is made anew.`,
  async run(args) {
    const { positionals } = parseArgs({ args, allowPositionals: true });
    const [slug] = positionals;
    if (slug === undefined || positionals.length > 1) throw new WrongUsage();
    const stopping = new AbortController();
    process.once('SIGTERM', () => stopping.abort());
    const ground = await openGround();
    const house = await openHouse(ground);
    try {
      const film = (await inInstallation(house.db, films)).find((known) => known.slug === slug);
      if (!film) throw new Refusal('unknown_film', { slug });
      await renderAhead(house, film.id, stopping.signal);
      await buildKitAhead(house, film.id, stopping.signal);
      return 0;
    } finally {
      await house.pages.close();
      await house.auth.close();
      await ground.close();
    }
  },
};
