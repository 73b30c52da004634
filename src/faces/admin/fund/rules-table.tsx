import type { ReactElement } from 'react';
import type { GrantRule } from '../../../domain/fund/index.ts';
import type { Screening } from '../../../domain/screenings/index.ts';
import { DeskTable } from '../../../ui/admin/index.ts';
import { sayMoney } from '../../../ui/money.ts';
import type { Desk } from '../desk.ts';
import { screeningLabel } from './screening-label.ts';

/** The rules as sentences: what a grant pays, by channel, and who may claim one. */
export function RulesTable({
  desk,
  rules,
  screenings,
  canManage,
}: {
  readonly desk: Desk;
  readonly rules: readonly GrantRule[];
  readonly screenings: ReadonlyMap<string, Screening>;
  readonly canManage: boolean;
}): ReactElement {
  const nameOf = ({ screeningId }: GrantRule): string => {
    const screening = screeningId === null ? null : screenings.get(screeningId);
    if (screeningId === null) return 'All screenings';
    return screening ? screeningLabel(screening) : 'A screening that is gone';
  };
  return (
    <DeskTable
      caption="Rules of the fund"
      rows={rules}
      keyOf={({ id }) => id}
      empty={<p>No rule yet: nobody can claim a place.</p>}
      columns={[
        {
          name: 'Channel',
          kind: 'lead',
          cell: (rule) =>
            canManage ? <a href={`${desk.base}/fund/rules/${rule.id}`}>{nameOf(rule)}</a> : nameOf(rule),
        },
        { name: 'A grant pays', cell: sayPays },
        { name: 'Who', cell: sayWho },
        { name: 'At one screening', cell: ({ placesMax }) => sayPlaces(placesMax) },
      ]}
    />
  );
}

function sayPays({ paysMax, currency }: GrantRule): string {
  if (paysMax === null) return `The whole price (${currency})`;
  return `The price, at most ${sayMoney(paysMax, currency)}; the film forgoes the rest`;
}

function sayWho({ who, perAddressMax, perAddressDays, needsAddress }: GrantRule): string {
  if (who === 'nobody') return 'Nobody for now';
  if (who === 'code') return 'Whoever has a steward’s code';
  const each = perAddressMax === 1 ? 'one' : String(perAddressMax);
  const days = `${each} for an address within ${perAddressDays} days`;
  return needsAddress ? `Everyone with an address, ${days}` : `Everyone, ${days}`;
}

function sayPlaces(placesMax: number | null): string {
  if (placesMax === null) return 'As many as the fund pays for';
  return placesMax === 1 ? 'At most 1 place' : `At most ${placesMax} places`;
}
