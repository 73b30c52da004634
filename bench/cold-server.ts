// The program's own server, made to forget every page before each request: what a visitor waits for who comes
// first after a publication. Built by scripts/bench.mjs, because Node cannot read the pages' components unbuilt.
import { openGround } from '../src/commands/ground.ts';
import { openHouse } from '../src/commands/open-house.ts';
import type { House } from '../src/faces/house.ts';
import { startServer } from '../src/faces/server.ts';
import { representQuickly } from '../src/platform/page-cache/index.ts';

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
    async page(_film, _key, _tags, build) {
      if (forgetsAll) pages.clear();
      return await representQuickly(await build());
    },
  },
};
const server = await startServer(forgetful);
console.log(`Houselights runs on ${server.port}`);
process.once('SIGTERM', async () => {
  await server.close();
  await pages.close();
  await ground.close();
});
