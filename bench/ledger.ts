// The books at ten million entries: trial balance, a participant's statement, posting one group. The entries are
// loaded as the embedded server's superuser, past constraints that a million at a time would only wait for.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { emptyFolder, machine, median, probe, programPath, settingsIn, startOnCores } from './ground.ts';

const groups = 5_000_000;
const groupsAtOnce = 250_000;
const days = 730;
const participants = 250;
const port = 4897;
const folder = emptyFolder();
const env = settingsIn(folder, port);

const program = await startOnCores('0,1', [process.execPath, programPath, 'start'], env, /Houselights runs/);
try {
  const began = performance.now();
  await load();
  console.log(
    `\n${machine()}; ${groups * 2} entries in ${days} days, ${participants} participants (loaded in ${seconds(began)} s)`,
  );
  const closing = performance.now();
  probe(env, 'close', 'union');
  console.log(`  closing ${days} days for the first time took ${seconds(closing)} s`);
  report('trial balance', probe(env, 'balance', 'union'), 1_000);
  report('a participant’s statement of a quarter', probe(env, 'statement', 'union', 'payable.7'), 1_000);
  report('the processor’s statement, half of all', probe(env, 'statement', 'union', 'processor'), 1_000);
  report('the journal’s first page', probe(env, 'journal', 'union'), 1_000);
  report('posting one group', probe(env, 'post', 'union'), 5);
} finally {
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
}

function report(what: string, found: readonly number[], mostMs: number): void {
  const [middle, worst] = [median(found), Math.max(...found)];
  const isMet = middle <= mostMs;
  console.log(
    `${isMet ? '✓' : '✗'} ${what.padEnd(40)} median ${middle.toFixed(1)} ms, worst ${worst.toFixed(1)} ms (target ${mostMs})`,
  );
}

async function load(): Promise<void> {
  const data = join(env.DATA_DIR, 'postgres');
  const client = new pg.Client({
    host: join(data, 'sockets'),
    user: 'postgres',
    password: readFileSync(join(data, 'cluster/houselights-password'), 'utf8').trim(),
    database: 'houselights',
  });
  await client.connect();
  await client.query('set session_replication_role = replica; set synchronous_commit = off');
  await client.query(
    `insert into ledger_account (film_id, id, code, name, kind, opened_at)
     select film.id, gen_random_uuid(), code, code, kind, now()
       from film, (select 'payable.' || n as code, 'liability' as kind from generate_series(0, $1::int - 1) n
                   union all values ('processor', 'asset'), ('income.tickets', 'income'), ('fund', 'liability')) a
      where slug = 'union'`,
    [participants],
  );
  for (let from = 0; from < groups; from += groupsAtOnce) await loadSome(client, from);
  await client.query('analyze ledger_group, ledger_entry');
  await client.end();
}

/** Each group is an order: the processor's debit, and the credit of tickets, the fund or a participant. */
async function loadSome(client: pg.Client, from: number): Promise<void> {
  const range = [from, Math.min(from + groupsAtOnce, groups) - 1, groups, days];
  const fact = `(select f.id as film_id, lpad(to_hex(n), 32, '0')::uuid as group_id, n,
                        current_date - ($4::int - (n::bigint * $4 / $3)::int) as day
                   from film f, generate_series($1::int, $2::int) n where f.slug = 'union') fact`;
  await client.query(
    `insert into ledger_group (film_id, id, key, kind, booked_on, posted_at, person_name, made_in)
     select film_id, group_id, 'bench:' || n, 'order', day, day, 'bench', '3'::xid8 from ${fact}`,
    range,
  );
  await client.query(
    `insert into ledger_entry (film_id, group_id, line, account_id, amount, currency, booked_on, made_in)
     select fact.film_id, group_id, side, a.id, (500 + n % 2000) * (3 - 2 * side), 'USD', day, '3'::xid8
       from ${fact} cross join generate_series(1, 2) side
       join ledger_account a on a.film_id = fact.film_id and a.code = case
            when side = 1 then 'processor'
            when n % 10 < 6 then 'income.tickets'
            when n % 10 < 7 then 'fund'
            else 'payable.' || (n / 10 % ${participants}) end`,
    range,
  );
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(0);
}
