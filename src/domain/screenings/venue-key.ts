import { createHash } from 'node:crypto';
import type { Text } from '../film/document/text.ts';
import type { VenueListing } from './listing.ts';

/**
 * What makes two venues one: the same name, city and street, whatever the case and the spacing.
 * A hash, because three long names together outgrow what an index entry may hold.
 */
export function venueKey({
  name,
  city = '',
  street = '',
}: Pick<VenueListing, 'name' | 'city' | 'street'>): string {
  const plain = [name, city, street]
    .map((part) => plainText(part).normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase())
    .join('\n');
  return createHash('sha256').update(plain).digest('hex');
}

/** A text as one string, for sorting, searching and comparing: its only words, or those that stand first. */
export function plainText(text: Text): string {
  return typeof text === 'string' ? text : (Object.values(text).find((words) => words !== '') ?? '');
}

const compared = ['region', 'country', 'postcode', 'point', 'timezone', 'accessibility'] as const;

/** The fields that both give, and give differently. */
export function venueDifferences(one: VenueListing, other: VenueListing): string[] {
  return compared.filter(
    (field) =>
      one[field] !== undefined &&
      other[field] !== undefined &&
      canonicalText(one[field]) !== canonicalText(other[field]),
  );
}

/** A value as text that is equal where the values are, whatever the order of their keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
