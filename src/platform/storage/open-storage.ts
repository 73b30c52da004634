import { join } from 'node:path';
import type { Config } from '../config.ts';
import { diskStorage } from './disk.ts';
import type { Storage } from './index.ts';
import { s3Storage } from './s3.ts';

/** The store that the settings name: a bucket where STORAGE_URL is set, otherwise `files` in the data folder. */
export function openStorage(config: Pick<Config, 'dataDir' | 'storage'>): Storage {
  return config.storage === null ? diskStorage(join(config.dataDir, 'files')) : s3Storage(config.storage);
}
