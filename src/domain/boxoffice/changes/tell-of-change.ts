import type { Temporal } from 'temporal-polyfill';
import { type Actor, recordAudit } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { addJobs } from '../../../platform/jobs/queue.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { newId } from '../../../platform/secrets.ts';
import { screeningById } from '../../screenings/index.ts';
import { addOrderKey } from '../ticket-letters.ts';
import { lockTelling, ticketHolders } from './untold.ts';
import './tables.ts';

/** One order is told of a change: a job's name. */
export const changeLetter = 'tell-change';

export const changeMessageMax = 2_000;

/**
 * Tells everybody with a ticket who knows another screening than there is: a job an order, each its own mail, so that
 * what stops in between goes on where it was. Who has no address is noted, for the team to tell. Nobody is told twice
 * of the same.
 * @returns how many orders are told
 * @throws {Refusal} no_such_screening · message_too_long
 */
export async function tellOfChange(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  by: Actor,
  { screeningId, message }: { readonly screeningId: string; readonly message: string },
): Promise<number> {
  if (message.length > changeMessageMax) throw new Refusal('message_too_long');
  await lockTelling(tx, screeningId);
  const screening = await screeningById(tx, filmId, screeningId);
  if (!screening) throw new Refusal('no_such_screening');
  const { untold } = await ticketHolders(tx, filmId, screening);
  if (untold.length === 0) return 0;
  const id = newId();
  const { personId, name: personName } = by;
  await tx
    .insertInto('screeningChange')
    .values({ filmId, id, screeningId, message, madeAt: now, personId, personName })
    .execute();
  // A statement carries some 65,000 values; a full house is more.
  for (let at = 0; at < untold.length; at += atOnce)
    await tx
      .insertInto('orderNotice')
      .values(
        untold.slice(at, at + atOnce).map(({ orderId, kind, knew }) => ({
          ...{ filmId, changeId: id, orderId, kind, knew: JSON.stringify(knew) },
          ...{ toldAt: null, choice: null, chosenAt: null, exchangedTo: null, settledAt: null },
        })),
      )
      .execute();
  const jobs = untold
    .filter(({ address }) => address !== null)
    .map(({ orderId }) => ({ payload: { filmId, changeId: id, orderId }, key: `change:${id}:${orderId}` }));
  await addJobs(tx, changeLetter, jobs);
  const details = { orders: untold.length };
  await recordAudit(tx, filmId, now, by, {
    ...{ action: 'boxoffice.tell_change', subject: screening.slug, details },
  });
  return untold.length;
}

const atOnce = 2_000;

/** Notes that an order's letter is written, with the secret that it carries; false: it was before. */
export async function noteTold(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  {
    changeId,
    orderId,
    secret,
  }: { readonly changeId: string; readonly orderId: string; readonly secret: string },
): Promise<boolean> {
  const noted = await tx
    .updateTable('orderNotice')
    .set({ toldAt: now })
    .where('filmId', '=', filmId)
    .where('changeId', '=', changeId)
    .where('orderId', '=', orderId)
    .where('toldAt', 'is', null)
    .returning('orderId')
    .executeTakeFirst();
  if (!noted) return false;
  await addOrderKey(tx, filmId, now, { orderId, secret });
  return true;
}
