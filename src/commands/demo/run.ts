import { parseArgs } from 'node:util';
import { WrongUsage } from '../command.ts';
import { openGround } from '../ground.ts';
import { ordersMost } from './calendar.ts';
import { makeSeason } from './make-season.ts';
import { removeDemo } from './remove-demo.ts';

const usualSeed = 2024;
const usualOrders = 1800;
const seedMost = 4_294_967_295;

/** `demo season`: makes a film with a season and tells where it is. */
export async function runSeason(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { seed: text, orders: text } });
  const seed = wholeIn(values.seed ?? String(usualSeed), 0, seedMost);
  const orders = wholeIn(values.orders ?? String(usualOrders), 1, ordersMost);
  const ground = await openGround();
  try {
    const told = sayingHowFar(orders);
    const made = await makeSeason(ground, { seed, orders, told });
    const { slug, shows, turnedAway } = made;
    console.log(`${slug}: ${made.orders} orders at ${shows} screenings, ${turnedAway} turned away`);
    console.log(`Its desk: ${ground.config.publicUrl}/admin/films/${slug}`);
    console.log(`Remove it: houselights demo remove ${slug}`);
    return 0;
  } finally {
    await ground.close();
  }
}

/** `demo remove <film>`: takes a film away that demo has made. */
export async function runRemove(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [slug] = positionals;
  if (slug === undefined || positionals.length > 1) throw new WrongUsage();
  const ground = await openGround();
  try {
    const { rows, files, jobs } = await removeDemo(ground, slug);
    console.log(`${slug}: removed, with ${rows} rows, ${files} files and ${jobs} waiting jobs`);
    return 0;
  } finally {
    await ground.close();
  }
}

function wholeIn(typed: string, least: number, most: number): number {
  const value = Number(typed);
  if (!/^\d{1,10}$/.test(typed) || value < least || value > most) throw new WrongUsage();
  return value;
}

/** Says every five thousand orders how far it is: a large season takes minutes. */
function sayingHowFar(orders: number): (taken: number) => void {
  const step = 5_000;
  let next = step;
  return (taken) => {
    if (taken < next) return;
    console.log(`${taken} of about ${orders} orders`);
    next += step;
  };
}
