import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type GeoProjection, geoAlbersUsa, geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import type { Point } from '../../../domain/screenings/index.ts';

type Pair = [x: number, y: number];

/** A base map, drawn once: two short paths, and where a point lies on it. */
export type BaseMap = {
  readonly width: number;
  readonly height: number;
  readonly land: string;
  readonly borders: string;
  /** Null where the point is not on this map. */
  readonly place: (point: Point) => Pair | null;
};

const require = createRequire(import.meta.url);
// Read, used and let go: required as modules, both atlases would stay in memory.
const atlas = async (path: string): Promise<Topology> =>
  JSON.parse(await readFile(require.resolve(path), 'utf8')) as Topology;

/** The United States as Albers shows them, Alaska and Hawaii beside. */
export const unitedStatesMap: () => Promise<BaseMap> = once(drawUnitedStates);

/** The world in the Natural Earth projection, without the ice of the south. */
export const worldMap: () => Promise<BaseMap> = once(drawWorld);

/** Draws a map at the first ask and keeps it; one that could not be read is tried again. */
function once(draw: () => Promise<BaseMap>): () => Promise<BaseMap> {
  let drawn: Promise<BaseMap> | undefined;
  return () => {
    drawn ??= draw().catch((error: unknown) => {
      drawn = undefined;
      throw error;
    });
    return drawn;
  };
}

async function drawUnitedStates(): Promise<BaseMap> {
  // us-atlas is projected with exactly this one: https://github.com/topojson/us-atlas#us-atlas
  const projection = geoAlbersUsa().scale(1300).translate([487.5, 305]);
  const topology = await atlas('us-atlas/states-albers-10m.json');
  const states = topology.objects.states as GeometryCollection;
  return {
    width: 975,
    height: 610,
    land: drawRings(ringsOf(feature(topology, topology.objects.nation as GeometryObject)), 1.6, 14),
    borders: drawLines(mesh(topology, states, (one, other) => one !== other).coordinates as Pair[][], 1.6),
    place: placed(projection),
  };
}

async function drawWorld(): Promise<BaseMap> {
  const [width, height] = [960, 440];
  const topology = await atlas('world-atlas/land-110m.json');
  const land = feature(topology, topology.objects.land as GeometryObject);
  const projection = geoNaturalEarth1()
    .scale(172)
    .translate([width / 2, height / 2 + 28]);
  const rings: Pair[][] = [];
  const pen = ringCollector(rings);
  geoPath(projection, pen)(land);
  const shown = rings.filter((ring) => ring.some(([, y]) => y < height - 4));
  return {
    width,
    height,
    land: drawRings(shown, 1.5, 10),
    borders: '',
    place: placed(projection),
  };
}

function placed(projection: GeoProjection): BaseMap['place'] {
  return ({ latitude, longitude }) => projection([longitude, latitude]);
}

/** What d3-geo draws on, keeping the projected rings, cut at the date line, instead of a picture. */
function ringCollector(rings: Pair[][]) {
  const add = (x: number, y: number): void => void rings.at(-1)?.push([x, y]);
  return {
    beginPath: (): void => {},
    moveTo: (x: number, y: number): void => void rings.push([[x, y]]),
    lineTo: add,
    closePath: (): void => {},
    arc: (): void => {},
  };
}

type Shape = ReturnType<typeof feature>;

function ringsOf(shape: Shape): Pair[][] {
  const shapes = shape.type === 'FeatureCollection' ? shape.features : [shape];
  return shapes.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates as Pair[][];
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat() as Pair[][];
    return [];
  });
}

/** Closed outlines as one path: simplified to the tolerance, without islands smaller than `areaMin`. */
export function drawRings(rings: readonly Pair[][], tolerance: number, areaMin: number): string {
  return rings
    .filter((ring) => areaOf(ring) >= areaMin)
    .map((ring) => `${drawLine(simplify(ring, tolerance))}z`)
    .join('');
}

export function drawLines(lines: readonly Pair[][], tolerance: number): string {
  return lines.map((line) => drawLine(simplify(line, tolerance))).join('');
}

function areaOf(ring: readonly Pair[]): number {
  let twice = 0;
  for (const [at, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

/** Whole units, each relative to the one before: a third of the bytes of absolute decimals. */
function drawLine(line: readonly Pair[]): string {
  let [atX, atY] = [0, 0];
  const steps: string[] = [];
  for (const [index, [x, y]] of line.entries()) {
    const [toX, toY] = [Math.round(x), Math.round(y)];
    const [stepX, stepY] = [toX - atX, toY - atY];
    if (index > 0 && stepX === 0 && stepY === 0) continue;
    const gap = stepY < 0 ? '' : ' ';
    const before = index < 2 || stepX < 0 ? '' : ' ';
    steps.push(`${index === 0 ? 'M' : index === 1 ? 'l' : ''}${before}${stepX}${gap}${stepY}`);
    [atX, atY] = [toX, toY];
  }
  return steps.join('');
}

/** Ramer, Douglas and Peucker's: drops points that lie within the tolerance of the line without them. */
export function simplify(line: readonly Pair[], tolerance: number): Pair[] {
  const kept = new Set<number>([0, line.length - 1]);
  const spans: [number, number][] = [];
  // A ring begins where it ends: without a third point it would fold into nothing.
  const [first, last] = [line[0], line.at(-1)];
  if (first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1]) {
    const far = farthest(line, 0, line.length - 1).at;
    kept.add(far);
    spans.push([0, far], [far, line.length - 1]);
  } else spans.push([0, line.length - 1]);
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const { at, away } = farthest(line, ...span);
    if (away <= tolerance) continue;
    kept.add(at);
    spans.push([span[0], at], [at, span[1]]);
  }
  return line.filter((_, at) => kept.has(at));
}

function farthest(line: readonly Pair[], from: number, to: number): { at: number; away: number } {
  const start: Pair = line[from] ?? [0, 0];
  const end: Pair = line[to] ?? [0, 0];
  let found = { at: from, away: 0 };
  for (let at = from + 1; at < to; at += 1) {
    const away = distance(line[at] ?? start, start, end);
    if (away > found.away) found = { at, away };
  }
  return found;
}

function distance([x, y]: Pair, [x1, y1]: Pair, [x2, y2]: Pair): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(x - x1, y - y1);
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length ** 2));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
