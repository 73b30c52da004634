import type { Tx } from '../../platform/database/database.ts';
import { addJob } from '../../platform/jobs/queue.ts';
import { dropPages } from '../../platform/page-cache/drop-pages.ts';

/** The job that offers what came back at a screening: its name. Swept for every minute besides. */
export const offerJob = 'offer-places';

/** Places of a screening came back: its pages say otherwise, and whoever waits is offered them. */
export async function placesCameBack(tx: Tx, filmId: string, screeningId: string): Promise<void> {
  await dropPages(tx, filmId, 'screenings');
  await addJob(tx, offerJob, { filmId, screeningId }, { key: `${offerJob}:${screeningId}` });
}
