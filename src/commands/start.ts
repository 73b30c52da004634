import { parseArgs } from 'node:util';
import { startServer } from '../faces/server.ts';
import { makeLog } from '../platform/log.ts';
import { type Command, WrongUsage } from './command.ts';
import { importExample } from './example.ts';
import { openGround } from './ground.ts';
import { openHouse } from './open-house.ts';
import { setupLink } from './setup-link.ts';
import { startWork } from './work.ts';

export const startCommand: Command = {
  name: 'start',
  usage: '[--no-example]',
  about: 'run the site, the admin and the worker (the default)',
  help: `Set up by PORT, HOST, PUBLIC_URL, DATA_DIR, DATABASE_URL, SMTP_URL with MAIL_FROM, STORAGE_URL,
ROLE (all, web or worker) and PROXIES; docs/operating.md tells of each.

  --no-example   leave an empty installation empty instead of importing examples/union`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { 'no-example': { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 0) throw new WrongUsage();
    const began = performance.now();
    const log = makeLog('info');
    const ground = await openGround(log);
    if (!values['no-example']) await importExample(ground);
    const house = await openHouse(ground);
    const web = ground.config.role === 'worker' ? null : await startServer(house);
    const work = await startWork(house);
    const setup = await setupLink(house);
    await web?.warmUp();
    announce(ground.config.publicUrl, setup, performance.now() - began);
    await untilAskedToStop();
    await web?.close();
    await work.stop();
    await house.pages.close();
    await house.auth.close();
    await ground.close();
    return 0;
  },
};

function announce(publicUrl: string, setup: string | null, tookMs: number): void {
  console.log(`\nHouselights runs (${(tookMs / 1_000).toFixed(1)} s).\n\n  The site   ${publicUrl}/`);
  if (setup === null) console.log(`  The desk   ${publicUrl}/admin`);
  else console.log(`  The desk   ${setup}\n             (this link makes the first owner, once)`);
  console.log('\nCtrl-C stops it.\n');
}

function untilAskedToStop(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
