import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addInquiryDesk } from './inquiry-desk.tsx';
import { addListDesk } from './list-desk.tsx';

/** Mounts the inbox below `/admin/films/:film`. */
export function addInboxDesk(app: DeskApp, house: House): void {
  addListDesk(app, house);
  addInquiryDesk(app, house);
}
