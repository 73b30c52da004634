import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addChangeRoutes } from './change-desk.tsx';
import { addGuestsRoutes } from './guests-desk.tsx';
import { addOverviewRoutes } from './overview-desk.tsx';
import { addRefundScreeningRoute } from './refund-part.tsx';
import { addRulesRoutes } from './rules-desk.tsx';
import { addSaleRoutes } from './sale-desk.tsx';
import { addTicketsRoutes } from './tickets-desk.tsx';
import { addTypeRoutes } from './type-desk.tsx';
import { addWaitlistDesk } from './waitlist-desk.tsx';

/** The team's side of the box office: what screenings sell, to whom, and under which rules. */
export function addBoxOfficeDesk(app: DeskApp, house: House): void {
  addOverviewRoutes(app, house);
  addTicketsRoutes(app, house);
  addRefundScreeningRoute(app, house);
  addTypeRoutes(app, house);
  addSaleRoutes(app, house);
  addGuestsRoutes(app, house);
  addWaitlistDesk(app, house);
  addChangeRoutes(app, house);
  addRulesRoutes(app, house);
}
