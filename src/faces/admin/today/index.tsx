import { openInquiryCounts } from '../../../domain/audience/index.ts';
import { openDisputes } from '../../../domain/boxoffice/index.ts';
import { latestRevision, publishedRevision } from '../../../domain/film/index.ts';
import { may } from '../../../domain/people/index.ts';
import { upcomingScreenings } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { health } from '../../../platform/health/index.ts';
import { unsentMails } from '../../../platform/mail/outbox.ts';
import { type Sayings, sayingOf } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { type Draft, type Today, TodayPage } from './pages.tsx';

const sayings: Sayings = {
  welcome: { tone: 'good', words: 'You are the owner. Everything here is yours to change.' },
  joined: { tone: 'good', words: 'You are in the team. The menu holds what your role opens.' },
};

const screeningsShown = 5;

/** What needs an answer, what happens next, and whether the installation is well. */
export function addTodayDesk(desk: DeskApp, house: House): void {
  desk.get('/', allow('today.read'), async (c) => {
    const { desk: place } = c.var;
    const [today, lines] = await Promise.all([
      inFilm(house.db, place.film.id, (tx) => todayOf(tx, place)),
      may(place.role, 'audit.read') ? health(house, place.now) : Promise.resolve([]),
    ]);
    const notice = sayingOf(c.req.url, sayings);
    return answer(c, <TodayPage desk={place} today={today} health={lines} notice={notice} />);
  });
}

async function todayOf(tx: Tx, { film: { id }, role, now }: Desk): Promise<Today> {
  return {
    inquiries: may(role, 'inbox.read') ? await openInquiryCounts(tx, id) : null,
    mails: may(role, 'mail.read') ? await unsentMails(tx, id) : null,
    disputes: may(role, 'payments.read') ? await openDisputes(tx, id) : null,
    draft: may(role, 'film.read') ? await draftOf(tx, id) : null,
    screenings: await upcomingScreenings(tx, id, now, screeningsShown),
  };
}

async function draftOf(tx: Tx, filmId: string): Promise<Draft> {
  const latest = await latestRevision(tx, filmId);
  const published = await publishedRevision(tx, filmId);
  if (!published) return { kind: 'never published' };
  if (!latest || latest.id === published.id) return { kind: 'published' };
  return { kind: 'ahead', drafts: latest.number - published.number, by: latest.madeBy, at: latest.madeAt };
}
