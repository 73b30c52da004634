import type { Temporal } from 'temporal-polyfill';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Storage } from '../storage/index.ts';
import { backupLine, databaseLine } from './database-lines.ts';
import { mailLine } from './mail-line.ts';
import { queueLine } from './queue-line.ts';
import { workersLine } from './workers-line.ts';

/** One organ of the installation and how it is: in words, with what to do where something is to do. */
export type HealthLine = {
  readonly name: string;
  readonly state: 'good' | 'warn' | 'bad';
  readonly words: string;
  readonly todo: string | null;
};

/** What the probes look at; a running program's house has all of it, and so has `doctor`. */
export type Patient = {
  readonly config: Pick<Config, 'smtpUrl' | 'role'>;
  readonly database: Database;
  readonly storage: Storage;
};

/** A probe that knows nothing after this long says so, instead of keeping a page waiting. */
const probeMsMax = 4_000;

/**
 * Asks every organ at once. Never throws: a probe that breaks or hangs is a bad line.
 * @returns the lines in the order in which people should read them
 */
export async function health(patient: Patient, now: Temporal.Instant): Promise<HealthLine[]> {
  const db = patient.database.kysely;
  return await Promise.all([
    probe('Workers', () => workersLine(db, now)),
    probe('Queue', () => queueLine(db, now)),
    probe('Mail', () => mailLine(patient.config.smtpUrl)),
    probe('Storage', () => storageLine(patient.storage)),
    probe('Database', () => databaseLine(patient.database)),
    probe('Backup', () => backupLine(db, now)),
  ]);
}

async function probe(name: string, look: () => Promise<Omit<HealthLine, 'name'>>): Promise<HealthLine> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), probeMsMax);
  });
  try {
    const seen = await Promise.race([look(), late]);
    return { name, ...(seen ?? unknown('It did not answer in time.')) };
  } catch {
    return { name, ...unknown('It could not be asked.') };
  } finally {
    clearTimeout(timer);
  }
}

function unknown(words: string): Omit<HealthLine, 'name'> {
  return { state: 'bad', words, todo: 'Run “houselights doctor” on the machine; it looks closer.' };
}

async function storageLine(storage: Storage): Promise<Omit<HealthLine, 'name'>> {
  const where = storage.kind === 'disk' ? 'this machine’s disk' : 'an S3 bucket';
  const problem = await storage.whyNotWritable();
  if (problem === null)
    return { state: 'good', words: `Files lie on ${where} and can be written.`, todo: null };
  return {
    state: 'bad',
    words: `Files cannot be written to ${where}: ${problem}`,
    todo: 'Until this is mended no picture can be uploaded. Look at free space, rights and STORAGE_URL.',
  };
}
