import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addParticipantRoutes } from './participants-desk.tsx';
import { addPayoutRoutes } from './payout-desk.tsx';
import { addShareRoutes } from './share-desk.tsx';

/** Who shares in the film's money: by which rules, what they are owed, what they were paid. */
export function addParticipantsDesk(desk: DeskApp, house: House): void {
  addParticipantRoutes(desk, house);
  addShareRoutes(desk, house);
  addPayoutRoutes(desk, house);
}
