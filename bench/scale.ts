// A large installation: 10 films × 10,000 screenings, 100,000 inquiries. Public pages cold and warm, the desk's
// lists, near-me in the database, and what an idle program takes of memory.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  emptyFolder,
  load,
  machine,
  median,
  probe,
  programPath,
  settingsIn,
  startOnCores,
} from './ground.ts';

const port = 4895;
const asks = 15;
const folder = emptyFolder();
const env = settingsIn(folder, port);
const url = `http://localhost:${port}`;
const film = '/films/demo-3';
const desk = '/admin/films/demo-3';

try {
  await measureIdle();
  const began = performance.now();
  execFileSync(
    process.execPath,
    [programPath, 'demo', '--films', '10', '--screenings', '10000', '--inquiries', '100000'],
    { env },
  );
  console.log(
    `\n${machine()}; 10 films × 10,000 screenings, 100,000 inquiries (made in ${seconds(began)} s)`,
  );
  const [opened = 0] = Array.from({ length: 10 }, (_, at) => probe(env, 'open', `demo-${at + 1}`)[0] ?? 0);
  probe(env, 'stock', 'demo-1');
  console.log(`each film sells at ${opened} screenings to come, three ticket types each`);
  await measureLarge();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Resident memory of the program and its database with the example alone, when all that its publication needs is done. */
async function measureIdle(): Promise<void> {
  const program = await start();
  for (const path of ['/', '/es', '/screenings', '/press'])
    await fetch(url + path).then((answer) => answer.text());
  await untilPrepared(1);
  await pause(10_000);
  const own = residentMegabytes(program.child.pid ?? 0);
  const server = Number(
    readFileSync(join(env.DATA_DIR, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0],
  );
  const database = processesOf(server).reduce((sum, pid) => sum + proportionalMegabytes(pid), 0);
  console.log(
    `\n${machine()}; idle: program ${own} MB, database ${Math.round(database)} MB (target 350 together)`,
  );
  await program.stop();
}

/** A publication's own work, a process beside the program, begins a minute later and ends with the press kit. */
async function untilPrepared(films: number): Promise<void> {
  const kits = () =>
    readdirSync(join(env.DATA_DIR, 'files'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('press-kit-'),
    );
  while (kits().length < films) await pause(1_000);
  await pause(2_000);
}

async function measureLarge(): Promise<void> {
  const program = await start();
  try {
    const cookie = await makeOwner(program.said());
    await untilPrepared(11);
    for (const path of [
      `${film}`,
      `${film}/screenings`,
      `${film}/screenings?by=place`,
      `${film}/screenings?near=11201`,
      `${film}/screenings.json`,
    ]) {
      report(`cold ${path}`, await times(path, {}, { isCold: true }), 150);
    }
    for (const path of [
      '/screenings',
      '/screenings?q=hall',
      '/inbox',
      '/inbox?q=host',
      '/outbox',
      '/audit',
      '/team',
    ]) {
      report(`desk ${path}`, await times(desk + path, { cookie }, { isCold: false }), 200);
    }
    report('near me, in the database', probe(env, 'near', 'demo-3'), 20);
    const warm = load(`${url}${film}`, {
      seconds: 4,
      connections: 32,
      headers: { 'accept-encoding': 'gzip' },
    });
    console.log(`warm ${film}: ${warm.perSecond}/s, p99 ${warm.p99}`);
  } finally {
    await program.stop();
  }
}

async function start() {
  let heard = '';
  const running = await startOnCores(
    '0',
    [process.execPath, programPath, 'start'],
    env,
    /Ctrl-C stops it/,
    (words) => {
      heard += words;
    },
  );
  return { ...running, said: () => heard };
}

/** Milliseconds of each ask. Cold: under a path that no cache has seen, by an unused revision of the query. */
async function times(
  path: string,
  headers: Record<string, string>,
  { isCold }: { isCold: boolean },
): Promise<number[]> {
  const found: number[] = [];
  const films = Array.from({ length: 10 }, (_, at) => `/films/demo-${at + 1}`);
  for (let ask = 0; ask < (isCold ? films.length : asks); ask += 1) {
    const target = isCold ? path.replace(film, films[ask] ?? film) : path;
    const began = performance.now();
    const answer = await fetch(url + target, { headers });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${target} answered ${answer.status}`);
    found.push(performance.now() - began);
  }
  return found;
}

function report(what: string, found: readonly number[], mostMs: number): void {
  const [middle, worst] = [median(found), Math.max(...found)];
  console.log(
    `${worst <= mostMs ? '✓' : '✗'} ${what.padEnd(44)} median ${middle.toFixed(0)} ms, worst ${worst.toFixed(0)} ms (target ${mostMs})`,
  );
}

async function makeOwner(terminal: string): Promise<string> {
  const [setup = ''] = /http\S+\/setup\/\S+/.exec(terminal) ?? [];
  const answer = await fetch(setup, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({
      name: 'Ada Okafor',
      address: 'ada@union.example',
      password: 'seven boxes on a belt',
    }),
  });
  if (answer.status !== 303) throw new Error(`the first owner was not made: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** PostgreSQL's processes share their buffers: each counts its part of what is shared. */
function proportionalMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function processesOf(server: number): number[] {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server)], { encoding: 'utf8' });
  return [
    server,
    ...children
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0),
  ];
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(0);
}
