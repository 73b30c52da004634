import type { ReactElement, ReactNode } from 'react';
import { type Screening, shownState } from '../../../domain/screenings/index.ts';
import { Badge, PostButton } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';
import { StateBadge } from '../screenings/list-page.tsx';
import type { TicketsPageProps } from './tickets-page.tsx';

/** Whether the screening is on sale, and what is missing until it can be. */
export function SalePart(props: TicketsPageProps): ReactElement {
  const { desk, screening, availability, types } = props;
  const state = shownState(screening, desk.now);
  const at = `${desk.base}/screenings/${screening.id}/tickets`;
  const hasPlaces = availability !== null && availability.places > 0;
  const hasTypes = types.some(({ withdrawnAt, kind }) => withdrawnAt === null && kind !== 'comp');
  const why = whyNotToOpen(desk, screening);
  if (state === 'on sale' && why === null)
    return (
      <Strip state={<StateBadge state={state} />}>
        <p>{onSaleWords(screening, hasPlaces && hasTypes, availability?.free ?? 0)}</p>
        <PostButton action={`${at}/closing`}>Take it off sale</PostButton>
      </Strip>
    );
  if (why !== null)
    return (
      <Strip state={<StateBadge state={state} />}>
        <p>{why}</p>
      </Strip>
    );
  return (
    <Strip state={<StateBadge state={state} />}>
      <ol className="sale-steps">
        <Step isDone={hasPlaces}>Say how many places there are.</Step>
        <Step isDone={hasTypes}>Add what people can choose.</Step>
        <Step isDone={false}>Put it on sale: buyers see it on its page at that moment.</Step>
      </ol>
      {hasPlaces && hasTypes ? (
        <PostButton look="main" action={`${at}/opening`}>
          Put it on sale
        </PostButton>
      ) : null}
    </Strip>
  );
}

function Strip({
  state,
  children,
}: {
  readonly state: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="sale-strip" aria-label="The sale">
      {state}
      {children}
    </section>
  );
}

function Step({
  isDone,
  children,
}: {
  readonly isDone: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <li className={isDone ? 'is-done' : undefined}>
      {children} {isDone ? <Badge tone="good">Done</Badge> : null}
    </li>
  );
}

function onSaleWords({ isPrivate }: Screening, isComplete: boolean, free: number): string {
  if (!isComplete) return 'It is said to be on sale, but there is nothing yet that one could buy.';
  if (free === 0) return 'Buyers read that it is sold out. Places that come back can be bought at once.';
  return isPrivate
    ? 'It is on sale, but private: nobody finds it on the site. The team can sell and give places.'
    : 'Anybody can buy on its page.';
}

function whyNotToOpen(desk: Desk, screening: Screening): ReactNode {
  const form = `${desk.base}/screenings/${screening.id}`;
  const state = shownState(screening, desk.now);
  if (state === 'past') return 'It is over. What was sold stays in the reports.';
  if (state === 'cancelled') return 'It is cancelled; nothing is sold for it.';
  if (state === 'postponed') return 'It is postponed. Give it its new day, and it can be on sale again.';
  const external = screening.doc.admission?.external;
  if (external === undefined) return null;
  return (
    <>
      Its form says that tickets are elsewhere, at {external}. To sell them here,{' '}
      <a href={form}>take that out first</a>.
    </>
  );
}
