import { getCountry, getTimezone } from 'countries-and-timezones';
import type { Point } from './screening.ts';

/**
 * The time zone that a place most likely has, to be confirmed by a person: a country's only one, or that whose
 * standard offset is nearest to what the sun says there. Null where nothing is known of the place.
 */
export function proposedZone(country: string | null, point: Point | null): string | null {
  const zones = country === null ? [] : (getCountry(country)?.timezones ?? []);
  const [only] = zones;
  if (only === undefined || zones.length === 1) return only ?? null;
  if (point === null) return null;
  const sunMinutes = point.longitude * 4;
  const away = (zone: string): number => Math.abs((getTimezone(zone)?.utcOffset ?? 0) - sunMinutes);
  // The zone that most of its people live by bears a city's name alone: America/Chicago before its exceptions.
  const rank = (zone: string): number => zone.split('/').length;
  const usual = [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Los_Angeles',
    'America/Toronto',
  ];
  const weight = (zone: string): number => (usual.includes(zone) ? 0 : 1);
  const sorted = [...zones].sort(
    (one, other) => away(one) - away(other) || weight(one) - weight(other) || rank(one) - rank(other),
  );
  return sorted[0] ?? null;
}
