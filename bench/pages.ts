// How fast the front page goes out, warm and cold, against nginx with the same compressed bytes, in one run.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import {
  emptyFolder,
  load,
  machine,
  median,
  probe,
  programPath,
  root,
  settingsIn,
  startOnCores,
} from './ground.ts';

const rounds = 5;
const secondsEach = 4;
const connections = 32;
const port = 4890;
const nginxPort = 4891;
const otherPort = 4892;
const headers = { 'accept-encoding': 'gzip' };

const folder = emptyFolder();
const env = settingsIn(folder, port);
const url = `http://localhost:${port}/`;

try {
  await measureWarm();
  await measurePublication();
  await measureCold('pages');
  await measureCold('all');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureWarm(): Promise<void> {
  const program = await startOnCores('0', [process.execPath, programPath, 'start'], env, /Houselights runs/);
  const bytes = await compressedPage();
  const nginx = await startNginx(bytes);
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(load(url, { seconds: secondsEach, connections, headers }).perSecond);
    theirs.push(
      load(`http://localhost:${nginxPort}/`, { seconds: secondsEach, connections, headers }).perSecond,
    );
  }
  await nginx.stop();
  await program.stop();
  const [own, peer] = [median(ours), median(theirs)];
  console.log(
    `\n${machine()}; medians of ${rounds} × ${secondsEach} s, ${connections} connections, server and wrk on a core each`,
  );
  console.log(
    `warm   ${own}/s   nginx ${peer}/s   ratio ${(own / peer).toFixed(2)} (target 0.50)   ${bytes.length} bytes gzip`,
  );
}

/** From a publication's commit until two processes on one database both serve it. */
async function measurePublication(): Promise<void> {
  const command = [process.execPath, programPath, 'start'];
  const one = await startOnCores('0', command, env, /Houselights runs/);
  const other = await startOnCores('1', command, { ...env, PORT: String(otherPort) }, /Houselights runs/);
  const found = probe(env, 'publish', 'union', url, `http://localhost:${otherPort}/`);
  await other.stop();
  await one.stop();
  const [middle, worst] = [median(found).toFixed(0), Math.max(...found).toFixed(0)];
  console.log(`published, on both of two processes   median ${middle} ms   worst ${worst} ms (target 1000)`);
}

/** The page as the cache keeps it after it had time for the better compression. */
async function compressedPage(): Promise<Buffer> {
  for (;;) {
    const answer = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    if (answer.headers.get('content-encoding') === 'gzip') {
      const { gzipSync } = await import('node:zlib');
      return gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 6 });
    }
    await answer.arrayBuffer();
    await pause(50);
  }
}

async function startNginx(bytes: Buffer) {
  const site = join(folder, 'nginx');
  mkdirSync(site);
  writeFileSync(join(site, 'index.html.gz'), bytes);
  writeFileSync(join(site, 'index.html'), gunzipSync(bytes));
  const config = join(site, 'nginx.conf');
  writeFileSync(
    config,
    `worker_processes 1; daemon off; pid ${site}/pid; error_log stderr notice; user root;
     events { worker_connections 512; }
     http {
       access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=10;
       types { text/html html; }
       server { listen 127.0.0.1:${nginxPort}; root ${site}; gzip_static always;
                add_header cache-control "public, max-age=0, must-revalidate"; }
     }`,
  );
  return await startOnCores('0', ['nginx', '-c', config], process.env, /start worker process/);
}

/**
 * On both cores, because the rendering, the compression and the database have work at once. The eight who ask share
 * them too; at this rate they take little.
 */
async function measureCold(what: 'pages' | 'all'): Promise<void> {
  const cold = join(root, '.cache/bench/cold-server.js');
  const server = await startOnCores(
    '0,1',
    [process.execPath, cold],
    { ...env, COLD: what },
    /Houselights runs/,
  );
  load(url, { seconds: 2, connections: 8, headers });
  const found = load(url, { seconds: secondsEach * 2, connections: 8, headers: { 'accept-encoding': 'br' } });
  await server.stop();
  const words = what === 'pages' ? 'cold, rendered anew' : 'cold, read and rendered anew';
  console.log(
    `${words}   ${found.perSecond}/s   p50 ${found.p50}   p99 ${found.p99}   failed ${found.errors} (target 800/s)`,
  );
}
