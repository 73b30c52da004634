import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addGrantCodeRoutes } from './codes-desk.tsx';
import { addFundMoneyRoutes } from './money-desk.tsx';
import { addFundOverview } from './overview-desk.tsx';
import { addGrantRuleRoutes } from './rule-desk.tsx';

/** The solidarity fund at the desk: how it stands, what a grant pays and who may claim one, stewards' codes. */
export function addFundDesk(desk: DeskApp, house: House): void {
  addFundOverview(desk, house);
  addFundMoneyRoutes(desk, house);
  addGrantRuleRoutes(desk, house);
  addGrantCodeRoutes(desk, house);
}
