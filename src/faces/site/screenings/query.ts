import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { screeningKinds } from '../../../domain/screenings/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';

const placeName = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u);
const page = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number);
const typed = z
  .string()
  .max(60)
  .regex(/^\P{Cc}*$/u)
  .transform((value) => value.trim());

export const listQuery = z.object({
  when: z.enum(['upcoming', 'past']).optional(),
  by: z.enum(['date', 'place']).optional(),
  kind: z.enum(screeningKinds).optional(),
  place: placeName.optional(),
  page: page.optional(),
  near: typed.optional(),
});
export type ListParameters = z.infer<typeof listQuery>;

const day = z.string().refine(isDay);

export const feedQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  kind: z.enum(screeningKinds).optional(),
  place: placeName.optional(),
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .transform(Number)
    .pipe(z.number().max(500))
    .optional(),
  cursor: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9_-]+$/)
    .optional(),
});
export type FeedParameters = z.infer<typeof feedQuery>;

const addressSlug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a screening could have this slug at all; nothing else reaches the database. */
export function isSlug(text: string): boolean {
  return text.length <= 80 && addressSlug.test(text);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

export type Parsed<T> = { readonly asked: T; readonly canonical: string };

/**
 * The parameters that a schema names, and them alone: whatever else stands in an address is neither read nor
 * part of a cache key. One that is named and makes no sense is a bad request; an empty one was not given.
 * @throws {BadRequest}
 */
export function parseQuery<T extends z.ZodObject>(schema: T, url: string): Parsed<z.infer<T>> {
  const given = new URL(url).searchParams;
  const known: Record<string, string> = {};
  for (const name of Object.keys(schema.shape).sort()) {
    const value = given.get(name);
    if (value !== null && value !== '') known[name] = value;
  }
  const parsed = schema.safeParse(known);
  if (!parsed.success) throw new BadRequest();
  return { asked: parsed.data, canonical: new URLSearchParams(known).toString() };
}

/** Where a feed goes on: after this moment and this screening. */
export function writeCursor(startsAt: Temporal.Instant, id: string): string {
  return Buffer.from(`${startsAt.epochMilliseconds} ${id}`).toString('base64url');
}

/** @throws {BadRequest} when it is none that `writeCursor` wrote */
export function readCursor(cursor: string): { startsAt: Temporal.Instant; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const found = /^(-?\d{1,13}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  if (found === null) throw new BadRequest();
  return { startsAt: Temporal.Instant.fromEpochMilliseconds(Number(found[1])), id: found[2] ?? '' };
}
