import { makeSetupLink } from '../domain/people/index.ts';
import type { House } from '../faces/house.ts';
import { inInstallation } from '../platform/database/database.ts';

/** The one-time link that makes the first owner; null once there is one. Only the terminal ever shows it. */
export async function setupLink({ config, clock, db }: House): Promise<string | null> {
  const secret = await inInstallation(db, (tx) => makeSetupLink(tx, clock()));
  return secret && `${config.publicUrl}/setup/${secret}`;
}
