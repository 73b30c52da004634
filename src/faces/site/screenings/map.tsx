import type { ReactElement } from 'react';
import type { Place } from '../../../domain/screenings/index.ts';
import { words } from '../../../ui/words/index.ts';
import type { PageModel } from '../model.ts';
import { pathTo, say } from '../pages/site-page.tsx';
import { countryName } from './cards.ts';
import { type BaseMap, unitedStatesMap, worldMap } from './map-shapes.ts';

export type Dot = {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly upcoming: number;
  readonly past: number;
  /** The towns that share the dot, the busiest first. */
  readonly places: readonly Place[];
};

export type DrawnMap = {
  readonly name: 'us' | 'world';
  readonly base: BaseMap;
  readonly dots: readonly Dot[];
};

// Dots nearer than this would hide each other; a thumb is wider still.
const cellUnits = 32;

/** The maps that a film's places need: its United States, the world where it has been farther. */
export async function drawMaps(places: readonly Place[]): Promise<DrawnMap[]> {
  const located = places.filter(({ point }) => point !== null);
  if (located.length === 0) return [];
  const [us, world] = [await unitedStatesMap(), await worldMap()];
  const isInUs = ({ point, country }: Place): boolean =>
    point !== null && (country === null || country === 'US') && us.place(point) !== null;
  const home = located.filter(isInUs);
  const drawn: DrawnMap[] = [];
  if (home.length > 0) drawn.push({ name: 'us', base: us, dots: dotsOf(us, home) });
  if (home.length < located.length) drawn.push({ name: 'world', base: world, dots: dotsOf(world, located) });
  return drawn;
}

/** One dot for the towns of one cell, in the middle of their screenings, larger where there are more. */
export function dotsOf(base: BaseMap, places: readonly Place[]): Dot[] {
  const cells = new Map<string, { place: Place; x: number; y: number }[]>();
  for (const place of places) {
    const at = place.point && base.place(place.point);
    if (at === null || at[0] < 0 || at[1] < 0 || at[0] > base.width || at[1] > base.height) continue;
    const [x, y] = at;
    const cell = `${Math.floor(x / cellUnits)} ${Math.floor(y / cellUnits)}`;
    const inCell = cells.get(cell);
    if (inCell === undefined) cells.set(cell, [{ place, x, y }]);
    else inCell.push({ place, x, y });
  }
  const dots = [...cells.values()].map(dotOf);
  // Past ones are drawn first, so that what is to come lies on top.
  return dots.sort((one, other) => Number(one.upcoming > 0) - Number(other.upcoming > 0) || one.y - other.y);
}

function dotOf(towns: readonly { place: Place; x: number; y: number }[]): Dot {
  const sum = (of: (town: (typeof towns)[number]) => number): number =>
    towns.reduce((total, town) => total + of(town), 0);
  const all = sum(({ place }) => place.upcoming + place.past);
  const weigh = (of: (town: (typeof towns)[number]) => number): number =>
    Math.round(sum((town) => of(town) * (town.place.upcoming + town.place.past)) / all);
  const busiest = [...towns].sort(
    (one, other) => other.place.upcoming - one.place.upcoming || other.place.past - one.place.past,
  );
  return {
    x: weigh(({ x }) => x),
    y: weigh(({ y }) => y),
    radius: Math.min(36, Math.round(13 + 4 * Math.sqrt(all - 1))),
    upcoming: sum(({ place }) => place.upcoming),
    past: sum(({ place }) => place.past),
    places: busiest.map(({ place }) => place),
  };
}

/** `Seattle, WA`, `London, United Kingdom`. */
export function nameOfPlace(model: PageModel, { texts, country }: Place): string {
  const home = country === null || country === 'US' || country === model.document.film.countries?.[0];
  return [say(model, texts.city), say(model, texts.region), home ? '' : countryName(country, model.language)]
    .filter((part) => part !== '')
    .join(', ');
}

/**
 * The maps beside the list. For eyes and mice only: the list says the same, so the drawing is silent for a
 * screen reader and is stepped over by the keyboard.
 */
export function Maps({
  model,
  maps,
  places,
}: {
  readonly model: PageModel;
  readonly maps: readonly DrawnMap[];
  readonly places: number;
}): ReactElement | null {
  if (maps.length === 0) return null;
  return (
    <figure className="maps">
      {maps.map((map) => (
        <MapDrawing key={map.name} model={model} map={map} />
      ))}
      <figcaption>{words(model.language).screenings.map.caption(places)}</figcaption>
    </figure>
  );
}

function MapDrawing({
  model,
  map: { name, base, dots },
}: {
  readonly model: PageModel;
  readonly map: DrawnMap;
}) {
  return (
    <svg className={`map map-${name}`} viewBox={`0 0 ${base.width} ${base.height}`} aria-hidden="true">
      <path className="map-land" d={base.land} />
      {base.borders === '' ? null : <path className="map-borders" d={base.borders} />}
      {dots.map((dot) => (
        <MapDot key={`${dot.x} ${dot.y}`} model={model} dot={dot} />
      ))}
    </svg>
  );
}

function MapDot({ model, dot }: { readonly model: PageModel; readonly dot: Dot }): ReactElement | null {
  const { map } = words(model.language).screenings;
  const [first, ...others] = dot.places;
  if (first === undefined) return null;
  const name = nameOfPlace(model, first);
  const named = others.length === 0 ? name : map.more(name, others.length);
  return (
    <a href={`${pathTo(model, '/screenings')}?place=${encodeURIComponent(first.slug)}`} tabIndex={-1}>
      <circle
        className={dot.upcoming > 0 ? 'map-dot' : 'map-dot map-dot-past'}
        cx={dot.x}
        cy={dot.y}
        r={dot.radius}
      >
        <title>{map.dot(named, dot.upcoming, dot.past)}</title>
      </circle>
      {dot.upcoming > 1 && dot.radius > 15 ? (
        <text className="map-count" x={dot.x} y={dot.y}>
          {dot.upcoming}
        </text>
      ) : null}
    </a>
  );
}
