// A rush: 25,000 buyers want 20,000 places at one screening, over real HTTP from two processes on the embedded
// PostgreSQL with fsync, three times. In the same run pgbench does the plain transaction on one hot row. Then free
// orders to the end.
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  emptyFolder,
  machine,
  median,
  probe,
  programPath,
  root,
  settingsIn,
  startOnCores,
} from './ground.ts';

const places = 20_000;
const buyers = 25_000;
const orders = 15_000;
const connections = 400;
const ports = [4894, 4895];
const run = promisify(execFile);
const folder = emptyFolder();
const env = settingsIn(folder, ports[0] ?? 0);
const sockets = join(env.DATA_DIR, 'postgres/sockets');
const start = (more: NodeJS.ProcessEnv) =>
  startOnCores('0,1', [process.execPath, programPath, 'start'], { ...env, ...more }, /Houselights runs/);

const one = await start({});
const password = readFileSync(join(env.DATA_DIR, 'postgres/cluster/houselights-password'), 'utf8').trim();
const url = `postgres://houselights:${password}@localhost/houselights?host=${encodeURIComponent(sockets)}`;
const other = await start({ DATABASE_URL: url, PORT: String(ports[1]), ROLE: 'web' });
try {
  console.log(
    `\n${machine()}; ${buyers} buyers, ${places} places, ${connections} connections, two processes`,
  );
  // Machines slow down and speed up while they are measured: pgbench is asked before and after each crowd.
  let before = await plainHolds();
  const crowds: (Crowd & { kept: number; plain: number })[] = [];
  for (const slug of ['first', 'second', 'third']) {
    const crowd = await crowdAt(slug);
    const after = await plainHolds();
    crowds.push({ ...crowd, plain: (before + after) / 2 });
    console.log(
      `  ${slug} crowd: ${holdsOf(crowd)} holds/s, ${Math.round(buyers / crowd.seconds)} answers/s; pgbench ${before}/s before, ${after}/s after`,
    );
    before = after;
  }
  sayCrowds(crowds);
  const [freeId = ''] = probe<string>(env, 'sell', 'union', 'free', String(places));
  const done = await rush('/screenings/free/tickets', freeId, orders, null);
  const [taken, , confirmed, tickets] = probe(env, 'sold', 'union', 'free');
  const each = Math.round(done.held / done.seconds);
  say(each >= 2_000, 'at least 2,000 completed free orders/s', `${each} orders/s, p99 ${done.p99} ms`);
  const isWhole = [done.held, taken, confirmed, tickets].every((count) => count === orders);
  say(
    isWhole,
    `${orders} orders, each with its ticket`,
    `${confirmed} orders, ${tickets} tickets, ${taken} places`,
  );
} finally {
  await other.stop();
  await one.stop();
  rmSync(folder, { recursive: true, force: true });
}

function say(isMet: boolean, target: string, found: string): void {
  console.log(`${isMet ? '✓' : '✗'} ${target.padEnd(42)} ${found}`);
}

/** A crowd at a screening that goes on sale, and how many places the database says were held for it. */
async function crowdAt(slug: string): Promise<Crowd & { kept: number }> {
  const [, typeId = ''] = probe<string>(env, 'sell', 'union', slug, String(places));
  const crowd = await rush(`/screenings/${slug}/tickets`, typeId, buyers, `LOCAL-${slug.toUpperCase()}`);
  return { ...crowd, kept: probe(env, 'sold', 'union', slug)[1] ?? 0 };
}

/** Who comes too late is answered, and holds nothing: a rate of holds is one while there are places. */
function holdsOf({ held, holding }: Crowd): number {
  return Math.round(held / holding);
}

function sayCrowds(crowds: readonly (Crowd & { kept: number; plain: number })[]): void {
  const of = (name: keyof Crowd | 'kept') => crowds.map((crowd) => crowd[name]).join(', ');
  say(
    crowds.every(({ kept, held }) => kept === places && held === places),
    `exactly ${places} held`,
    `${of('kept')} held, ${of('held')} answered so, ${of('full')} told that it is full, ${of('other')} else`,
  );
  say(
    crowds.every(({ held, full, errors }) => held + full === buyers && errors === 0),
    'the whole crowd answered',
    `${of('errors')} errors`,
  );
  const holds = median(crowds.map(holdsOf));
  say(holds >= 5_000, 'at least 5,000 holds/s', `${holds} holds/s until the last of ${places}, the median`);
  const times = crowds.map((crowd) => holdsOf(crowd) / crowd.plain);
  say(
    median(times) >= 3,
    'at least 3 times the plain transaction',
    `${median(times).toFixed(1)} times, the median of ${times.map((each) => each.toFixed(1)).join(', ')}`,
  );
  say(
    crowds.every(({ p99 }) => p99 < 500),
    'p99 under 500 ms',
    `p50 ${of('p50')} ms, p99 ${of('p99')} ms, worst ${of('worst')} ms`,
  );
}

type Crowd = Record<
  'held' | 'full' | 'other' | 'seconds' | 'holding' | 'p50' | 'p99' | 'worst' | 'errors',
  number
>;

/** Half of a crowd at each process, at once; without a code to the end of the order. */
async function rush(path: string, typeId: string, count: number, code: string | null): Promise<Crowd> {
  const halves = await Promise.all(
    ports.map(async (port) => {
      const headers = [
        `Origin: http://localhost:${ports[0]}`,
        `Host: localhost:${ports[0]}`,
        'Sec-Fetch-Site: same-origin',
      ];
      headers.push('Content-Type: application/x-www-form-urlencoded');
      const { stdout } = await run(
        'wrk',
        [
          ...[
            '-t1',
            `-c${connections / 2}`,
            '-d60s',
            '--timeout',
            '20s',
            '-s',
            join(root, code === null ? 'bench/orders.lua' : 'bench/crowd.lua'),
          ],
          ...headers.flatMap((header) => ['-H', header]),
          ...[`http://127.0.0.1:${port}`, '--', path, typeId, String(count / 2), code ?? '-'],
        ],
        { cwd: root },
      );
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Crowd;
    }),
  );
  const [one, other] = halves as [Crowd, Crowd];
  const sum = (name: keyof Crowd) => one[name] + other[name];
  const most = (name: keyof Crowd) => Math.max(one[name], other[name]);
  return {
    ...{ held: sum('held'), full: sum('full'), other: sum('other'), errors: sum('errors') },
    ...{
      seconds: most('seconds'),
      holding: most('holding'),
      p50: most('p50'),
      p99: most('p99'),
      worst: most('worst'),
    },
  };
}

/** Lock the row, check, update, insert the hold: one transaction each, by 32 sessions for five seconds. */
async function plainHolds(): Promise<number> {
  const server = { ...process.env, PGHOST: sockets, PGUSER: 'postgres', PGPASSWORD: password };
  const psql = (sql: string) => run('psql', ['-qd', 'houselights', '-c', sql], { env: server });
  await psql(`create table plain_capacity (id int primary key, places int, taken int);
    create table plain_hold (id bigint generated always as identity primary key, places int, expires_at timestamptz);
    insert into plain_capacity values (1, 100000000, 0)`);
  const script = join(folder, 'plain.sql');
  writeFileSync(
    script,
    `begin;
select places - taken as free from plain_capacity where id = 1 for update \\gset
update plain_capacity set taken = taken + 1 where id = 1 and taken < places;
insert into plain_hold (places, expires_at) values (1, now() + interval '15 minutes');
commit;
`,
  );
  const { stdout } = await run(
    'pgbench',
    ['-n', '-c32', '-j2', '-T5', '-M', 'prepared', '-f', script, 'houselights'],
    { env: server },
  );
  await psql('drop table plain_capacity, plain_hold');
  return Math.round(Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0));
}
