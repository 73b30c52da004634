import { filmMoney, ownFirst } from '../../../domain/film/index.ts';
import { fundFigures, grantCodes, grantRules } from '../../../domain/fund/index.ts';
import { type Screening, screeningById } from '../../../domain/screenings/index.ts';
import { inFilm, type Tx } from '../../../platform/database/database.ts';
import { sayingOf } from '../../../ui/admin/index.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type DeskApp } from '../desk.ts';
import { FundDeskPage } from './overview-page.tsx';
import { sayings } from './words.ts';

// As many codes as anybody reads on a page; the CSV has all.
const codesShown = 200;

/** How the fund stands, on one page. */
export function addFundOverview(desk: DeskApp, house: House): void {
  desk.get('/fund', allow('fund.read'), async (c) => {
    const { film, now } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => {
      const rules = await grantRules(tx, film.id);
      return {
        rules,
        figures: ownFirst(await fundFigures(tx, film.id, now), (await filmMoney(tx, film.id, now)).currency),
        codes: await grantCodes(tx, film.id, codesShown),
        screenings: await screeningsById(
          tx,
          film.id,
          rules.flatMap(({ screeningId }) => screeningId ?? []),
        ),
      };
    });
    const notice = sayingOf(c.req.url, sayings);
    return answer(c, <FundDeskPage desk={c.var.desk} {...found} notice={notice} codesShown={codesShown} />);
  });
}

/** Screenings by their ids; rules name few. */
export async function screeningsById(
  tx: Tx,
  filmId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Screening>> {
  const found = new Map<string, Screening>();
  for (const id of new Set(ids)) {
    const screening = await screeningById(tx, filmId, id);
    if (screening) found.set(id, screening);
  }
  return found;
}
