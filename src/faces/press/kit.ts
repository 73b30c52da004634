import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../platform/storage/index.ts';
import type { PageModel } from '../site/model.ts';
import { buildKit } from './build-kit.ts';

/** Raised when the kit's making changes, so that no kept one goes out in the old shape. */
const shape = 1;

export type Kit = { readonly key: string; readonly etag: string; readonly sizeBytes: number };

const building = new Map<string, Promise<void>>();
/** Kits are made one after the other: drawing stills takes a core for seconds. */
let last: Promise<unknown> = Promise.resolve();

/**
 * The film's press kit in the storage, made ahead after a publication, or else at the first ask. Whoever asks
 * while it is being made shares in it; `stopping` ends a making that began with it.
 */
export async function kitOf(storage: Storage, model: PageModel, stopping?: AbortSignal): Promise<Kit> {
  const etag = kitHash(model);
  const prefix = `${model.filmId}/renderings/press-kit-`;
  const key = `${prefix}${etag}.zip`;
  const kept = await storage.sizeBytes(key);
  if (kept !== null) return { key, etag, sizeBytes: kept };
  const making = building.get(key) ?? makeInTurn(storage, model, key, stopping);
  building.set(key, making);
  try {
    await making;
  } finally {
    building.delete(key);
  }
  const made = await storage.sizeBytes(key);
  if (made === null) throw new Error('the press kit was made and is not in the storage');
  if (model.preview === null) await removeOthers(storage, prefix, key);
  return { key, etag, sizeBytes: made };
}

/** Everything that the kit is made from. */
function kitHash({ document, files, origin, canonicalBase }: PageModel): string {
  const hashes = [...files].map(([path, { sha256 }]) => `${path} ${sha256}`).sort();
  const from = JSON.stringify([shape, document, hashes, origin, canonicalBase]);
  return createHash('sha256').update(from).digest('hex').slice(0, 32);
}

function makeInTurn(storage: Storage, model: PageModel, key: string, stopping?: AbortSignal): Promise<void> {
  const making = last.then(() => make(storage, model, key, stopping));
  last = making.catch(() => {});
  return making;
}

async function make(storage: Storage, model: PageModel, key: string, stopping?: AbortSignal): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'houselights-kit-'));
  try {
    const path = join(folder, 'kit.zip');
    await buildKit(storage, model, path, stopping);
    await storage.putFile(key, path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeOthers(storage: Storage, prefix: string, current: string): Promise<void> {
  for await (const key of storage.list(prefix)) if (key !== current) await storage.remove(key);
}
