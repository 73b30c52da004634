import { type Screening, screeningById } from '../../../domain/screenings/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { DeskContext } from '../desk.ts';
import { idOf } from '../screenings/state-desk.ts';

/** The screening that a page is about. @throws {NotFound} */
export async function askedScreening(c: DeskContext, tx: Tx): Promise<Screening> {
  const screening = await screeningById(tx, c.var.desk.film.id, idOf(c));
  if (screening === null) throw new NotFound();
  return screening;
}
