import { invoiceLetter, placesGoneLetter, refundLetter } from '../../domain/boxoffice/index.ts';
import { inFilm } from '../../platform/database/database.ts';
import type { JobHandlers } from '../../platform/jobs/worker.ts';
import type { LetterGround } from '../audience/index.ts';
import { writeInvoice, writePlacesGone, writeRefundMade } from './payment-letters.ts';

/** The letters about money: invoices, refunds, and what came too late. */
export function paymentLetters({ db, clock }: LetterGround): JobHandlers {
  const writes =
    (name: string, write: typeof writeInvoice): JobHandlers[string] =>
    async ({ filmId, ...payload }) => {
      const id = payload[name];
      if (typeof filmId !== 'string' || typeof id !== 'string') throw new TypeError(`a job without ${name}`);
      await inFilm(db, filmId, (tx) => write(tx, filmId, clock(), id));
    };
  return {
    [placesGoneLetter]: writes('chargeId', writePlacesGone),
    [refundLetter]: writes('refundId', writeRefundMade),
    [invoiceLetter]: writes('chargeId', writeInvoice),
  };
}
