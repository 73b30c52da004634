import type { ReactElement } from 'react';
import { screeningKinds, screeningStates } from '../../../domain/screenings/index.ts';
import { Filters, Tabs } from '../../../ui/admin/index.ts';
import { words } from '../../../ui/words/index.ts';
import type { Desk } from '../desk.ts';
import type { DeskView } from './list-desk.tsx';

type NarrowProps = { readonly desk: Desk; readonly view: DeskView };

const said = words('en').screenings;

/** `?state=on+sale&page=2`: what a view keeps in the address. */
export function addressOf(view: DeskView): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The views that one comes back to; what else a view narrows stays as it is. */
export function Views({ desk, view }: NarrowProps): ReactElement {
  const to = (when: DeskView['when']): string =>
    `${desk.base}/screenings${addressOf({ ...view, when, state: undefined, page: undefined })}`;
  const tabs = [
    { label: 'All', when: undefined },
    { label: 'Coming', when: 'coming' },
    { label: 'Past', when: 'past' },
  ] as const;
  return (
    <Tabs
      label="Views of the screenings"
      tabs={tabs.map(({ label, when }) => ({ label, href: to(when), isOpen: view.when === when }))}
    />
  );
}

/** What a team marks; past is what the calendar says. */
export const markedStates = screeningStates.filter((state) => state !== 'past');

/** Narrows the view by what stands in its address. */
export function Narrow({
  desk,
  view,
  cities,
}: NarrowProps & { readonly cities: readonly string[] }): ReactElement {
  const choice = (name: 'state' | 'kind' | 'city' | 'order' | 'private', label: string, all: string) => ({
    kind: 'choice' as const,
    name,
    label,
    all,
    value: view[name] ?? '',
  });
  return (
    <Filters
      action={`${desk.base}/screenings`}
      kept={{
        ...(view.when ? { when: view.when } : {}),
        ...(view.from ? { from: view.from } : {}),
        ...(view.to ? { to: view.to } : {}),
      }}
      filters={[
        { kind: 'search', name: 'search', label: 'Address, venue or city', value: view.search ?? '' },
        {
          ...choice('state', 'State', 'All states'),
          choices: markedStates.map((value) => ({ value, label: said.states[value] })),
        },
        {
          ...choice('kind', 'Kind', 'All kinds'),
          choices: screeningKinds.map((value) => ({ value, label: said.kinds[value] })),
        },
        {
          ...choice('city', 'City', 'All cities'),
          choices: cities.map((value) => ({ value, label: value })),
        },
        {
          ...choice('private', 'Seen by', 'All'),
          choices: [
            { value: 'no', label: 'Everybody' },
            { value: 'yes', label: 'Nobody (private)' },
          ],
        },
        {
          ...choice('order', 'Order', 'The next first'),
          choices: [
            { value: 'date', label: 'First to last' },
            { value: '-date', label: 'Last to first' },
            { value: 'city', label: 'City' },
            { value: 'venue', label: 'Venue' },
            { value: 'state', label: 'State' },
            { value: 'changed', label: 'Changed last' },
          ],
        },
      ]}
    />
  );
}
