import type { ShareBase, ShareRule } from '../../../domain/ledger/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import type { Sayings } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import { screeningLabel } from '../fund/screening-label.ts';

export const sayings: Sayings = {
  added: { tone: 'good', words: 'The participant is added. Say now what their share is.' },
  shared: { tone: 'good', words: 'The share holds for what is sold from its day on.' },
  ended: { tone: 'good', words: 'The share has ended. What was sold before is shared by it for ever.' },
  paid: { tone: 'good', words: 'The payout is in the books.' },
};

export const baseWords: Readonly<Record<ShareBase, string>> = {
  gross: 'what is paid for tickets',
  'net-of-fees': 'what is paid for tickets, less the processing fees',
  'net-of-fees-and-tax': 'what is paid for tickets, less the processing fees and sales tax',
};

export const channelWords: Readonly<Record<string, string>> = {
  site: 'on the site',
  door: 'at the door',
  desk: 'at the desk',
};

/** A share rule as one sentence: `30% of what is paid for tickets, less the processing fees, at all screenings`. */
export function sayShare(rule: ShareRule, screening: Screening | null): string {
  const { points, fixed, base, currency, channel, cap, screeningId } = rule;
  const part =
    points === null
      ? `${sayMoney(fixed ?? 0, currency ?? 'USD')} of each sale, at most ${baseWords[base]}`
      : `${points / 100}% of ${baseWords[base]}`;
  const where =
    screeningId === null ? 'all screenings' : screening ? screeningLabel(screening) : 'one screening';
  const sold = channel === null ? '' : `, sold ${channelWords[channel] ?? channel}`;
  const only = currency === null || points === null ? '' : `, in ${currency}`;
  const most = cap === null ? '' : `; in all at most ${sayMoney(cap, currency ?? 'USD')}`;
  return `${part}: ${where}${sold}${only}${most}`;
}

const refusals: Readonly<Record<string, readonly [string, string]>> = {
  participant_name_empty: ['name', 'A name with letters or figures in it'],
  participant_exists: ['name', 'There is a participant of this name already'],
  too_many_participants: ['name', 'There are no more places for participants'],
  shares_beyond_all: [
    'percent',
    'With the other shares of the same sales this would be more than all of them',
  ],
  no_amount: ['amount', 'An amount above zero, in figures alone, such as 1,234.50'],
  day_closed: ['booked_on', 'The books of this day are closed; enter it on a later one'],
  key_reused: ['amount', 'This form was sent before with something else in it; look into the books first'],
};

/** The field that a refusal is about and what it means; null where it is none of these. */
export function participantRefusal(code: string): readonly [string, string] | null {
  return Object.hasOwn(refusals, code) ? (refusals[code] ?? null) : null;
}
