import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addOrdersList } from './list-desk.tsx';
import { addOrderRoutes } from './order-desk.tsx';
import { addRefundRoutes } from './refund-desk.tsx';

/** Orders: found, looked at, given another name, given back. */
export function addOrdersDesk(app: DeskApp, house: House): void {
  addOrdersList(app, house);
  addOrderRoutes(app, house);
  addRefundRoutes(app, house);
}
