import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { programRoot } from '../../platform/root.ts';
import type { NodeEnv } from './visitor.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

type Asset = {
  readonly type: string;
  readonly identity: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
};

/** What the build made for browsers, read once: names change with content, so it may be kept for ever. */
export function addAssetRoutes(app: Hono<NodeEnv>): void {
  const folder = join(programRoot, 'dist/client/assets');
  let loading: Promise<ReadonlyMap<string, Asset>> | null = null;
  app.get('/assets/:name', async (c) => {
    loading ??= load(folder).catch((error: unknown) => {
      // Whoever asks next has it read again.
      loading = null;
      throw error;
    });
    const asset = (await loading).get(c.req.param('name'));
    if (!asset) return c.text('There is no such file.\n', 404);
    const accepted = c.req.header('accept-encoding') ?? '';
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
    const body = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.identity;
    return c.body(body, 200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(encoding && body !== asset.identity && { 'content-encoding': encoding }),
    });
  });
}

async function load(folder: string): Promise<Map<string, Asset>> {
  const assets = new Map<string, Asset>();
  for (const name of await readdir(folder)) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const identity = new Uint8Array(await readFile(join(folder, name)));
    const compressed = type !== 'font/woff2';
    assets.set(name, {
      type,
      identity,
      brotli: compressed ? new Uint8Array(brotliCompressSync(identity)) : identity,
      gzip: compressed ? new Uint8Array(gzipSync(identity)) : identity,
    });
  }
  return assets;
}
