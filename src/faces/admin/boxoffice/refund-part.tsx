import type { ReactElement } from 'react';
import { refundScreening } from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { type Screening, shownState } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { PostButton } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { askedScreening } from './asked-screening.ts';

/** Gives every order of a screening back. */
export function addRefundScreeningRoute(app: DeskApp, house: House): void {
  app.post('/screenings/:id/tickets/refund', allow('boxoffice.manage'), async (c) => {
    await readForm(c, noFields);
    const { film, now, actor, base } = c.var.desk;
    const id = await inFilm(house.db, film.id, async (tx) => {
      const screening = await askedScreening(c, tx);
      // Where people may still come, tickets are given back one order at a time.
      if (shownState(screening, now) === 'cancelled')
        await refundScreening(tx, film.id, now, actor, screening.id);
      return screening.id;
    });
    return leadTo(c, `${base}/screenings/${id}/tickets`, 'refunding');
  });
}

/** A screening that is not shown, and orders with good tickets: what is still to be given back. */
export function RefundPart({
  desk,
  screening,
  toRefund,
}: {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly toRefund: number;
}): ReactElement | null {
  if (shownState(screening, desk.now) !== 'cancelled' || toRefund === 0) return null;
  const said = toRefund === 1 ? 'One order has' : `${toRefund} orders have`;
  return (
    <section className="desk-section">
      <h2>Give the money back</h2>
      <p>
        The screening is cancelled, and {said} tickets that are good. Each is given back by itself, in the
        background; gifts to the solidarity fund stay there. What stops in between goes on where it was.
      </p>
      {may(desk.role, 'boxoffice.manage') ? (
        <PostButton action={`${desk.base}/screenings/${screening.id}/tickets/refund`}>
          {toRefund === 1 ? 'Give it back' : `Give all ${toRefund} back`}
        </PostButton>
      ) : null}
    </section>
  );
}
