// The program's own server, made to forget every page before each request: what a visitor waits for who comes
// first after a publication. Built by scripts/bench.mjs, because Node cannot read the pages' components unbuilt.
import { openGround } from '../src/commands/ground.ts';
import { openHouse } from '../src/commands/open-house.ts';
import type { House } from '../src/faces/house.ts';
import { startServer } from '../src/faces/server.ts';

const ground = await openGround();
const house = await openHouse(ground);
const { pages } = house;
// 'pages': rendered bytes are forgotten. 'all': what they are made from is read from the database again too.
const forgetsAll = process.env.COLD === 'all';

const forgetful: House = {
  ...house,
  pages: {
    ...pages,
    atAddress: () => undefined,
    rememberAddress: () => {},
    page: (filmId, key, tags, build) => {
      if (forgetsAll) pages.clear();
      // A key of its own for each request is a page that nobody kept.
      return pages.page(filmId, `${key} ${counter++}`, tags, build);
    },
  },
};
let counter = 0;
const server = await startServer(forgetful);
console.log(`Houselights runs on ${server.port}`);
process.once('SIGTERM', async () => {
  await server.close();
  await pages.close();
  await ground.close();
});
