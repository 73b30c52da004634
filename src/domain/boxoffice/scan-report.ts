import { z } from 'zod';
import { doorReasons } from './door-rules.ts';

/** As many as a device tells at once. */
export const eventsMax = 500;

const year2000 = 946_684_800_000;
const year2100 = 4_102_444_800_000;
/** By the device's own clock, which may be wrong, but not by a century. */
const moment = z.number().int().min(year2000).max(year2100);

const shown = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('code'), text: z.string().max(400) }),
  z.strictObject({
    kind: z.literal('ticket'),
    ticketId: z.uuid(),
    way: z.enum(['typed', 'name']),
  }),
]);

const scan = z.strictObject({
  kind: z.literal('scan'),
  nonce: z.uuid(),
  at: moment,
  shown,
  /** What the device told the door; null: it asks. */
  said: z.enum(doorReasons).nullable(),
});
const undo = z.strictObject({ kind: z.literal('undo'), nonce: z.uuid(), at: moment });

/** What a device tells, in the order in which it happened there, and what it knows already. */
export const doorReport = z.strictObject({
  device: z.string().trim().min(1).max(60),
  /** The last change of this door that the device knows. */
  since: z.number().int().min(0),
  events: z.array(z.discriminatedUnion('kind', [scan, undo])).max(eventsMax),
});
export type DoorReport = z.infer<typeof doorReport>;
export type ScanEvent = z.infer<typeof scan>;
