import type { ReactElement } from 'react';
import { ButtonLink } from '../../ui/components/button.tsx';
import { words } from '../../ui/words/index.ts';
import { orderPath } from '../checkout/order-path.ts';
import type { PageModel } from '../site/model.ts';
import { pathTo } from '../site/pages/site-page.tsx';

/** From a confirmed order to its tickets: on the phone, on paper, in the calendar. */
export function TicketWays({
  model,
  code,
  orderKey,
}: {
  readonly model: PageModel;
  readonly code: string;
  readonly orderKey: string;
}): ReactElement {
  const said = words(model.language).boxoffice.tickets;
  const to = (part: `/${string}`) => pathTo(model, orderPath(code, orderKey, part));
  return (
    <div className="form-ways">
      <ButtonLink href={to('/tickets')}>{said.show}</ButtonLink>
      <ButtonLink href={to('/tickets.pdf')} look="outline">
        {said.pdf}
      </ButtonLink>
      <ButtonLink href={to('/calendar.ics')} look="outline" icon="calendar">
        {said.calendar}
      </ButtonLink>
    </div>
  );
}
