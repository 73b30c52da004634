import { screeningsWithTypes, ticketTypesOf } from '../../../domain/boxoffice/index.ts';
import { deskScreenings, plainText } from '../../../domain/screenings/index.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { screeningWords } from '../boxoffice/parts.tsx';
import type { Desk } from '../desk.ts';
import type { CodePlace } from './code-values.ts';

// A list that is longer than this is searched, not read.
const screeningsMax = 200;

/** Where a code can be good: everywhere, at each screening that sells here, for each of its types. */
export async function codePlaces(tx: Tx, { film, now }: Desk): Promise<CodePlace[]> {
  const query = { order: 'next', page: 1, perPage: screeningsMax } as const;
  const selling = new Set(await screeningsWithTypes(tx, film.id));
  const { screenings } = await deskScreenings(tx, film.id, now, query);
  const here = screenings.filter(({ id }) => selling.has(id));
  const types = Map.groupBy(
    await ticketTypesOf(
      tx,
      film.id,
      here.map(({ id }) => id),
    ),
    ({ screeningId }) => screeningId,
  );
  const everywhere = {
    value: '',
    label: 'Every screening',
    group: '',
    screeningId: null,
    ticketTypeId: null,
  };
  const each = here.flatMap((screening) => {
    const name = screeningWords(screening);
    const inside = { group: name, screeningId: screening.id };
    const whole = { ...inside, value: `s:${screening.id}`, label: name, ticketTypeId: null };
    const one = (types.get(screening.id) ?? []).map((type) => ({
      ...inside,
      ...{ value: `t:${type.id}`, label: `${plainText(type.name)}, ${name}`, ticketTypeId: type.id },
    }));
    return [whole, ...one];
  });
  return [everywhere, ...each];
}
