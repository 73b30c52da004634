import type { Temporal } from 'temporal-polyfill';

export const screeningStates = ['planned', 'on sale', 'sold out', 'postponed', 'cancelled', 'past'] as const;
export type ScreeningState = (typeof screeningStates)[number];

export const screeningKinds = ['cinema', 'community', 'campus', 'workplace', 'festival', 'virtual'] as const;
export type ScreeningKind = (typeof screeningKinds)[number];

export const accessMarks = [
  'open_captions',
  'asl',
  'audio_description',
  'step_free',
  'hearing_loop',
  'wide_seats',
] as const;
export type AccessMark = (typeof accessMarks)[number];

/** How a screening stands: a word in the page's language, and the shape beside it, so that colour never says it alone. */
export type StateSign = { readonly shape: ScreeningState | 'not yet' | 'full'; readonly words: string };

/** The one button. Quiet where it is a second best: to wait in line, to bring a code. */
export type ScreeningAction = {
  readonly label: string;
  readonly href: string;
  readonly isQuiet?: boolean;
};

/** What a list of screenings shows of one: plain values, with every language question already answered. */
export type ScreeningCard = {
  /** The screening's page, ready for an href. */
  readonly href: string;
  readonly state: ScreeningState;
  readonly sign: StateSign;
  readonly kind: ScreeningKind;
  readonly venue: string;
  /** Empty for a screening without a place. */
  readonly city: string;
  /** State, province or country, as people there write it: `WA`, `Québec`. */
  readonly region: string;
  readonly startsAt: Temporal.Instant;
  readonly timezone: string;
  /** False while only the day is known. */
  readonly isTimeKnown?: boolean;
  /** Where it is, so that a browser can sort by distance by itself; null for what is nowhere. */
  readonly point?: { readonly latitude: number; readonly longitude: number } | null;
  /** How far from where the visitor asked, already as words. */
  readonly distance?: string;
  /** Words of the price, or null where nothing is known: `$14 / $10 / $7`, `Free`. */
  readonly price: string | null;
  /** Co-presenters. */
  readonly with: readonly string[];
  /** Who is there to talk: `Q&A with Brett Story`, already as words; null where nobody is. */
  readonly guests: string | null;
  readonly access: readonly AccessMark[];
  /** Tickets here or elsewhere, a place to claim, the line. Null where nothing can be done now. */
  readonly action: ScreeningAction | null;
};
