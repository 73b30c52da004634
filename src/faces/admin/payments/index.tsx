import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addAccountRoutes } from './account-desk.tsx';
import { addSettleRoutes } from './settle-desk.tsx';

/** How the film is paid: its account with Stripe, what is owed, and what goes back. */
export function addPaymentsDesk(desk: DeskApp, house: House): void {
  addAccountRoutes(desk, house);
  addSettleRoutes(desk, house);
}
