import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/database/database.ts';
import { joined, type Point, type Screening, screeningsOf } from './screening.ts';

/** Mean radius, IUGG. */
const earthKm = 6371.0088;
/** Half of the way around: nothing on Earth is farther. */
export const kmFarthest = 20_016;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** Kilometres between two points along the surface, by the haversine formula. */
export function kmBetween(one: Point, other: Point): number {
  const north = radians(other.latitude - one.latitude) / 2;
  const east = radians(other.longitude - one.longitude) / 2;
  const chord =
    Math.sin(north) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(east) ** 2;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(chord)));
}

type Box = {
  readonly south: number;
  readonly north: number;
  /** One span of longitudes, or two where the circle crosses the date line. */
  readonly spans: readonly [west: number, east: number][];
};

// Wider by a hair than the circle, so that rounding never loses a point on its rim.
const rim = 1e-6;

/** The smallest span of latitudes and longitudes that holds every point within `km`. */
export function boxAround({ latitude, longitude }: Point, km: number): Box {
  const angle = km / earthKm;
  const south = latitude - degrees(angle) - rim;
  const north = latitude + degrees(angle) + rim;
  const everywhere: Box['spans'] = [[-180, 180]];
  if (south <= -90 || north >= 90) {
    return { south: Math.max(south, -90), north: Math.min(north, 90), spans: everywhere };
  }
  const reach = degrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(radians(latitude))))) + rim;
  const [west, east] = [longitude - reach, longitude + reach];
  if (reach >= 180) return { south, north, spans: everywhere };
  if (west < -180)
    return {
      south,
      north,
      spans: [
        [west + 360, 180],
        [-180, east],
      ],
    };
  if (east > 180)
    return {
      south,
      north,
      spans: [
        [west, 180],
        [-180, east - 360],
      ],
    };
  return { south, north, spans: [[west, east]] };
}

export type Near = { readonly screening: Screening; readonly km: number };

/**
 * Public screenings to come, nearest first and then by time, within `kmMax` kilometres. Those online are
 * nowhere and never among them. Looks in growing circles, because the first few are mostly close by.
 */
export async function screeningsNear(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  point: Point,
  { kmMax, limit }: { kmMax: number; limit: number },
): Promise<Near[]> {
  const from = { latitude: wholeSteps(point.latitude), longitude: wholeSteps(point.longitude) };
  for (const km of [25, 100, 400, 1_600, kmFarthest]) {
    const within = Math.min(km, kmMax);
    const found = await nearest(tx, filmId, now, from, within, limit);
    if (found.length < limit && within < kmMax) continue;
    return await withScreenings(tx, filmId, found);
  }
  return [];
}

/** A tenth of a millimetre's worth of degrees: PostgreSQL refuses sines that vanish below a float's range. */
function wholeSteps(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}

type Found = { readonly id: string; readonly km: number };

async function nearest(
  tx: Tx,
  filmId: string,
  now: Temporal.Instant,
  point: Point,
  km: number,
  limit: number,
): Promise<Found[]> {
  const { south, north, spans } = boxAround(point, km);
  const inSpan = sql.join(
    spans.map(([west, east]) => sql`longitude between ${west}::float8 and ${east}::float8`),
    sql` or `,
  );
  // `offset 0` keeps the distance computed once a venue; sorted venues let the limit end the search early.
  const { rows } = await sql<Found>`
    select s.id, v.km
      from (select id, 2 * ${earthKm}::float8 * asin(least(1, sqrt(
                     sin(radians(latitude - ${point.latitude}::float8) / 2) ^ 2
                     + cos(radians(${point.latitude}::float8)) * cos(radians(latitude))
                     * sin(radians(longitude - ${point.longitude}::float8) / 2) ^ 2))) as km
              from venue
             where film_id = ${filmId}::uuid and latitude between ${south}::float8 and ${north}::float8 and (${inSpan})
             order by km, id offset 0) v
      cross join lateral
           (select id, starts_at from screening
             where film_id = ${filmId}::uuid and venue_id = v.id and over_at > ${now}::timestamptz and state <> 'past'
               and not is_private and kind <> 'virtual'
             order by starts_at, id limit ${limit}::int) s
     where v.km <= ${km}::float8
     order by v.km, s.starts_at, s.id
     limit ${limit}::int`.execute(tx);
  return rows;
}

async function withScreenings(tx: Tx, filmId: string, found: readonly Found[]): Promise<Near[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const all = await screeningsOf(joined(tx, filmId).where('screening.id', 'in', ids));
  const byId = new Map(all.map((screening) => [screening.id, screening]));
  return found.flatMap(({ id, km }) => {
    const screening = byId.get(id);
    return screening === undefined ? [] : [{ screening, km }];
  });
}
