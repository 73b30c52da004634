import type { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Screening, ScreeningState } from '../screenings/index.ts';
import { type Sale, salesTrueUntil, saleTrueUntil } from './sale.ts';
import { standingOf, typesPriced } from './standing.ts';
import { now, plainType } from './test-ground.ts';
import type { TicketType } from './ticket-types.ts';

const later = (minutes: number) => now.add({ minutes });

function screening(state: ScreeningState, over: Partial<Screening> = {}): Screening {
  const named = { state, startsAt: later(600), overAt: later(720), doc: {}, ...over };
  return named as Partial<Screening> as Screening;
}

const type = (over: Partial<TicketType> = {}): TicketType => ({
  ...{ ...plainType, id: 'type', screeningId: 'screening', position: 1, withdrawnAt: null },
  ...over,
});

type Left = Partial<Sale['availability']>;

function sale(types: readonly TicketType[], left: Left = {}, of = screening('on sale')): Sale {
  const availability = {
    ...{ places: 50, sold: 0, held: 0, free: 50, waiting: 0, open: 50, nextEnd: null },
    ...left,
  };
  return {
    screening: of,
    types,
    usedUp: new Set(types.filter(({ placesMax }) => placesMax === 0).map(({ id }) => id)),
    availability,
    currency: 'USD',
  };
}

const early = type({ saleFrom: later(60) });
const late = type({ saleUntil: later(-60) });
const hidden = type({ needsCode: true });
const usedUp = type({ id: 'own', placesMax: 0 });
const comp = type({ kind: 'comp', price: 0 });
const full: Left = { open: 0, free: 0, sold: 50 };

describe('how a sale stands', () => {
  it.each([
    ['anybody may choose', sale([type(), early, late, hidden]), { kind: 'open' }],
    ['a code alone opens it', sale([hidden, late]), { kind: 'code', from: null }],
    ['a code opens it before the others', sale([hidden, early]), { kind: 'code', from: later(60) }],
    [
      'it opens later',
      sale([type({ saleFrom: later(90) }), early, late]),
      { kind: 'not_yet', from: later(60) },
    ],
    ['its time is over', sale([late, comp]), { kind: 'over' }],
    ['it is for comps alone', sale([comp]), null],
    ['the team has not said that it sells', sale([type()], {}, screening('planned')), { kind: 'announced' }],
    ['a type is used up, others are not', sale([type(), usedUp]), { kind: 'open' }],
    ['all types are used up', sale([usedUp]), { kind: 'full', isForNow: false, hasLine: false }],
    ['every place is sold', sale([type()], full), { kind: 'full', isForNow: false, hasLine: true }],
    [
      'some of the last places are only held',
      sale([type()], { ...full, sold: 49, held: 1 }),
      { kind: 'full', isForNow: true, hasLine: true },
    ],
    [
      'the team says that it is sold out, whatever is left',
      sale([type()], { held: 3 }, screening('sold out')),
      { kind: 'full', isForNow: false, hasLine: true },
    ],
    [
      'it is full and nobody could buy what came back',
      sale([late, hidden], full),
      { kind: 'full', isForNow: false, hasLine: false },
    ],
    [
      'it is full and has begun',
      sale([type()], full, screening('on sale', { startsAt: later(-1) })),
      { kind: 'full', isForNow: false, hasLine: false },
    ],
    ['it is cancelled', sale([type()], {}, screening('cancelled')), null],
    ['it is postponed', sale([type()], {}, screening('postponed')), null],
    ['it is past', sale([type()], {}, screening('on sale', { overAt: now })), null],
    [
      'it sells elsewhere',
      sale(
        [type()],
        {},
        screening('on sale', { doc: { admission: { external: 'https://seller.example/' } } }),
      ),
      null,
    ],
  ] as const)('says it where %s', (_, given, expected) => {
    expect(standingOf(given, now)).toEqual(expected);
  });

  it('changes at the very moment that a type begins, and at the moment that it ends', () => {
    const given = sale([type({ saleFrom: later(60), saleUntil: later(120) })]);
    const at = (moment: Temporal.Instant) => standingOf(given, moment)?.kind;
    expect(at(later(60).subtract({ milliseconds: 1 }))).toBe('not_yet');
    expect(at(later(60))).toBe('open');
    expect(at(later(120).subtract({ milliseconds: 1 }))).toBe('open');
    expect(at(later(120))).toBe('over');
    expect(saleTrueUntil(given, now)).toEqual(later(60));
    expect(saleTrueUntil(given, later(60))).toEqual(later(120));
    expect(saleTrueUntil(given, later(120))).toBeNull();
  });

  it('speaks of the prices of what is on sale, or else of what will be', () => {
    expect(typesPriced(sale([type(), early, late, hidden, comp]), now)).toEqual([type()]);
    expect(typesPriced(sale([early, late, hidden]), now)).toEqual([early]);
  });
});

describe('A8 until when a page is true by the clock', () => {
  const held = (nextEnd: Temporal.Instant, open = 0) => sale([type()], { ...full, held: 1, open, nextEnd });

  it('is when places come back to a full house: at once on its page, within five seconds in a list', () => {
    const end = now.add({ milliseconds: 3 });
    expect(saleTrueUntil(held(end), now)).toEqual(end);
    expect(salesTrueUntil([held(end), held(later(1))], now)).toEqual(now.add({ seconds: 5 }));
    expect(salesTrueUntil([held(later(1))], now)).toEqual(later(1));
    expect(salesTrueUntil([held(end, 30)], now)).toBeNull();
  });

  it('is never long where a page says how few places are left', () => {
    expect(saleTrueUntil(sale([type()], { open: 20 }), now)).toEqual(now.add({ seconds: 15 }));
    expect(saleTrueUntil(sale([type()], { open: 21 }), now)).toBeNull();
    expect(salesTrueUntil([sale([type()], { open: 20 })], now)).toBeNull();
  });

  it('is when a full house begins: nobody is led to its line any more', () => {
    expect(salesTrueUntil([sale([type()], full)], now)).toEqual(later(600));
  });
});
