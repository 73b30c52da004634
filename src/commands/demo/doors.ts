import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import {
  type DoorReport,
  doorList,
  type ListedTicket,
  type ScanEvent,
  type TicketSigner,
  takeScans,
  ticketSigner,
} from '../../domain/boxoffice/index.ts';
import type { Dice } from './dice.ts';
import { type OpenShow, type Season, team } from './season.ts';

const devices = ['Front door', 'Side door', 'Box office phone'] as const;
/** As many as one device tells at once. */
const eventsAtOnce = 400;
/** Of those with a ticket, how many come; another evening, another weather. */
const comesLeast = 0.8;
const comesMost = 0.97;

/** Lets people in at every show that has been, a while after it began; not everybody comes. */
export function planDoors(season: Season): void {
  for (const open of season.shows.values()) {
    const { day, time, market } = open.show;
    if (day >= 0) continue;
    const begins = season.clock.planned(day, time, market.timezone);
    season.at(begins.add({ minutes: 25 }), (now) => letIn(season, now, open, begins));
  }
}

async function letIn(
  season: Season,
  now: Temporal.Instant,
  { show, screeningId }: OpenShow,
  begins: Temporal.Instant,
): Promise<void> {
  const { tx, filmId, clock } = season;
  const dice = season.dice.of(`door ${show.slug}`);
  // In the order in which they were sold: their codes are others each time.
  const tickets = (await doorList(tx, filmId, screeningId)).toSorted((one, other) =>
    one.id < other.id ? -1 : 1,
  );
  if (tickets.length === 0) return;
  const signer = await ticketSigner(tx, filmId, now);
  const comes = comesLeast + dice.next() * (comesMost - comesLeast);
  const told = new Map<string, Told[]>(devices.map((device) => [device, []]));
  for (const [at, ticket] of tickets.entries()) {
    const own = dice.of(at);
    const when = begins.add({ seconds: own.whole(-55 * 60, 12 * 60) });
    const said = eventsOf(own, ticket, { comes, when, text: textOf(signer, ticket, screeningId) });
    for (const { device, ...event } of said) told.get(device)?.push(event);
  }
  for (const [device, events] of told) {
    const inTime = events.toSorted((one, other) => one.at.epochMilliseconds - other.at.epochMilliseconds);
    for (let from = 0; from < inTime.length; from += eventsAtOnce) {
      const report: DoorReport = {
        ...{ device, since: 0 },
        events: inTime.slice(from, from + eventsAtOnce).map(({ at, ...event }) => ({
          ...event,
          at: clock.moment(at).epochMilliseconds,
        })),
      };
      await takeScans(tx, filmId, now, team, { screeningId, report });
    }
  }
}

type Told = (Omit<ScanEvent, 'at'> | { readonly kind: 'undo'; readonly nonce: string }) & {
  readonly at: Temporal.Instant;
};
type ToldAt = Told & { readonly device: string };

/** What the devices tell of one ticket: mostly that somebody came in with it, sometimes more. */
function eventsOf(
  dice: Dice,
  { id, isCancelled }: ListedTicket,
  { comes, when, text }: { comes: number; when: Temporal.Instant; text: string },
): ToldAt[] {
  const shown: ScanEvent['shown'] = dice.chance(0.94)
    ? { kind: 'code', text }
    : { kind: 'ticket', ticketId: id, way: dice.chance(0.5) ? 'name' : 'typed' };
  const [device, other] = dice.chance(0.6) ? [devices[0], devices[1]] : [devices[1], devices[2]];
  const scan = (seconds: number, said: ScanEvent['said'], by: string): ToldAt => ({
    ...{ kind: 'scan', nonce: randomUUID(), at: when.add({ seconds }), shown, said, device: by },
  });
  // Somebody tries with what they gave back; the device asks, and is told no.
  if (isCancelled) return dice.chance(0.12) ? [scan(0, null, device)] : [];
  if (!dice.chance(comes)) return [];
  const first = scan(0, dice.chance(0.7) ? 'admitted' : null, device);
  const more = dice.weighted<'nothing' | 'again' | 'conflict' | 'undone'>([
    ['nothing', 940],
    ['again', 32],
    ['conflict', 12],
    ['undone', 16],
  ]);
  if (more === 'again') return [first, scan(dice.whole(2, 40), null, device)];
  // Two devices without a net let the same paper in.
  if (more === 'conflict') return [first, scan(dice.whole(20, 400), 'admitted', other)];
  if (more === 'undone' && first.kind === 'scan')
    return [
      first,
      { kind: 'undo', nonce: first.nonce, at: when.add({ seconds: 5 }), device },
      scan(20, null, device),
    ];
  return [first];
}

const textOf = (signer: TicketSigner, { id, generation }: ListedTicket, screeningId: string): string =>
  signer.sign({ id, generation, screeningId });
