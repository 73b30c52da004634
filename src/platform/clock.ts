import { Temporal } from 'temporal-polyfill';

/** What time it is: the edge asks once per request and hands the answer down. */
export type Clock = () => Temporal.Instant;

/** The clock of this machine. */
export const systemClock: Clock = () => Temporal.Now.instant();
