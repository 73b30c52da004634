import type { ReactElement } from 'react';
import { z } from 'zod';
import {
  availabilityOf,
  lineOf,
  removeFromLine,
  type WaitEntry,
  type WaitState,
} from '../../../domain/boxoffice/index.ts';
import { may } from '../../../domain/people/roles.ts';
import { plainText, type Screening } from '../../../domain/screenings/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import {
  DeskPage,
  DeskTable,
  EmptyState,
  type NoticeWords,
  PostButton,
  sayingOf,
  When,
} from '../../../ui/admin/index.ts';
import { NotFound } from '../../edge/not-found.ts';
import type { House } from '../../house.ts';
import { answer, leadTo } from '../answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { noFields } from '../fields.ts';
import { readForm } from '../form.ts';
import { askedScreening } from './asked-screening.ts';
import { ScreeningTabs, screeningWords } from './parts.tsx';
import { sayings } from './words.ts';

/** Who waits for a place at a screening, and what became of those who did. */
export function addWaitlistDesk(app: DeskApp, house: House): void {
  app.get('/screenings/:id/waitlist', allow('boxoffice.read'), async (c) => {
    const { desk } = c.var;
    const found = await inFilm(house.db, desk.film.id, async (tx) => {
      const screening = await askedScreening(c, tx);
      const availability = await availabilityOf(tx, desk.film.id, screening.id, desk.now);
      return {
        screening,
        waiting: availability?.waiting ?? 0,
        line: await lineOf(tx, desk.film.id, desk.now, screening.id),
      };
    });
    return answer(c, <WaitlistPage desk={desk} {...found} notice={sayingOf(c.req.url, sayings)} />);
  });
  app.post('/screenings/:id/waitlist/:entry/removal', allow('boxoffice.sell'), async (c) => {
    await readForm(c, noFields);
    const { film, now, actor, base } = c.var.desk;
    const entryId = c.req.param('entry');
    if (!z.uuid().safeParse(entryId).success) throw new NotFound();
    try {
      const id = await inFilm(house.db, film.id, async (tx) => {
        const screening = await askedScreening(c, tx);
        await removeFromLine(tx, film.id, now, actor, { screeningId: screening.id, entryId });
        return screening.id;
      });
      return leadTo(c, `${base}/screenings/${id}/waitlist`, 'unwaited');
    } catch (refused) {
      // Offered meanwhile, or gone: there is nobody to take out of the line.
      if (refused instanceof Refusal && refused.code === 'no_such_entry') throw new NotFound();
      throw refused;
    }
  });
}

const stateWords: Readonly<Record<WaitState, string>> = {
  waiting: 'Waits',
  offered: 'Was offered a place',
  taken: 'Took it',
  over: 'Let it pass',
  left: 'Left',
};

type Shown = {
  readonly desk: Desk;
  readonly screening: Screening;
  readonly waiting: number;
  readonly line: readonly WaitEntry[];
  readonly notice: NoticeWords | null;
};

function WaitlistPage({ desk, screening, waiting, line, notice }: Shown): ReactElement {
  return (
    <DeskPage
      desk={desk}
      title={screeningWords(screening)}
      about={plainText(screening.venue.name)}
      from={{ href: `${desk.base}/box-office`, label: 'Tickets' }}
      notice={notice}
    >
      <ScreeningTabs desk={desk} id={screening.id} open="waitlist" />
      <p>
        {waiting === 0
          ? 'Nobody waits. When the house is full, its page offers the waitlist.'
          : `${waiting === 1 ? 'One place is' : `${waiting} places are`} waited for. What comes back is offered in this order, by itself; nobody else gets it meanwhile.`}
      </p>
      <DeskTable
        caption="Who waits, the first first"
        columns={[
          { name: 'Address', kind: 'lead', cell: ({ address }: WaitEntry) => address },
          { name: 'Places', kind: 'figure', cell: ({ places }) => places },
          { name: 'Since', kind: 'when', cell: ({ joinedAt }) => <When at={joinedAt} now={desk.now} /> },
          { name: 'State', cell: (entry) => <State desk={desk} entry={entry} /> },
          { name: 'Remove', kind: 'actions', cell: (entry) => <Remove {...{ desk, screening, entry }} /> },
        ]}
        rows={line}
        keyOf={({ id }) => id}
        empty={<EmptyState title="The line is empty">Nobody has joined it so far.</EmptyState>}
      />
    </DeskPage>
  );
}

function State({
  desk,
  entry: { state, offerUntil, orderId },
}: {
  readonly desk: Desk;
  readonly entry: WaitEntry;
}) {
  if (orderId !== null && may(desk.role, 'orders.read'))
    return <a href={`${desk.base}/orders/${orderId}`}>{stateWords[state]}</a>;
  if (state !== 'offered' || offerUntil === null) return <>{stateWords[state]}</>;
  return (
    <>
      {stateWords[state]}, until <When at={offerUntil} now={desk.now} />
    </>
  );
}

function Remove({
  desk,
  screening,
  entry,
}: Pick<Shown, 'desk' | 'screening'> & { readonly entry: WaitEntry }) {
  if (entry.state !== 'waiting' || !may(desk.role, 'boxoffice.sell')) return null;
  const action = `${desk.base}/screenings/${screening.id}/waitlist/${entry.id}/removal`;
  return (
    <PostButton action={action} label={`Take ${entry.address} off the waitlist`}>
      Take off
    </PostButton>
  );
}
