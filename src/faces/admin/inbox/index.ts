import type { House } from '../../house.ts';
import type { DeskApp } from '../desk.ts';

/** Mounts the desk's pages of this part, below `/admin/films/:film`. */
export function addInboxDesk(_app: DeskApp, _house: House): void {}
