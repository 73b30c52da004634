import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';
import { addCsvDesk } from './csv-desk.tsx';
import { addFormDesk } from './form-desk.tsx';
import { addListDesk } from './list-desk.tsx';
import { addStateDesk } from './state-desk.ts';

/** Mounts the desk's screenings below `/admin/films/:film`. Fixed addresses come before `/screenings/:id`. */
export function addScreeningsDesk(app: DeskApp, house: House): void {
  addListDesk(app, house);
  addCsvDesk(app, house);
  addStateDesk(app, house);
  addFormDesk(app, house);
}
