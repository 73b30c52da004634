import type { ColumnType } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { ScreeningListing } from '../../screenings/index.ts';

/** How a screening is another than people know it: not shown, nobody knows when, elsewhere or then, shown after all. */
export type ChangeKind = 'cancelled' | 'postponed' | 'moved' | 'restored';
/** What a buyer may do about it. */
export type ChangeChoice = 'keep' | 'exchange' | 'refund';

/** When and where people thought that it would be. */
export type Known = Pick<ScreeningListing, 'starts_at' | 'venue' | 'state'>;

type ScreeningChangeTable = {
  filmId: string;
  id: string;
  screeningId: string;
  message: string;
  madeAt: Temporal.Instant;
  personId: string | null;
  personName: string;
};

type OrderNoticeTable = {
  filmId: string;
  changeId: string;
  orderId: string;
  kind: ChangeKind;
  knew: ColumnType<Known, string, never>;
  toldAt: Temporal.Instant | null;
  choice: ChangeChoice | null;
  chosenAt: Temporal.Instant | null;
  exchangedTo: string | null;
  settledAt: Temporal.Instant | null;
};

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    screeningChange: ScreeningChangeTable;
    orderNotice: OrderNoticeTable;
  }
}
