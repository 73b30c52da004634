import { isOrderKey } from '../../domain/boxoffice/index.ts';
import { emailAddress } from '../../domain/film/document/text.ts';

export type ClaimProblem = {
  readonly name: string;
  readonly code: 'name' | 'address' | 'tooLong' | 'type' | 'unreadable';
};

/** A claim as it was typed. */
export type ReadClaim = {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly address: string | null;
  readonly offer: string | null;
  readonly code: string;
  readonly problems: readonly ClaimProblem[];
};

const nameMax = 200;
const codeMax = 80;

/** Whether a text is an id as the database makes them: nothing else is asked for. */
export const isTypeId = (typed: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(typed);

/** Reads a claim; an address is left out or is one. Controls are no part of a name. */
export function readClaim(fields: Readonly<Record<string, string>>): ReadClaim {
  const problems: ClaimProblem[] = [];
  const { key = '', type = '', offer = '', code = '' } = fields;
  const name = (fields.name ?? '').replace(/\p{Cc}+/gu, ' ').trim();
  if (name === '') problems.push({ name: 'name', code: 'name' });
  else if (name.length > nameMax || !name.isWellFormed()) problems.push({ name: 'name', code: 'tooLong' });
  const address = readAddress(fields.address ?? '');
  if (address === undefined) problems.push({ name: 'address', code: 'address' });
  if (!isTypeId(type)) problems.push({ name: 'type', code: 'type' });
  if (!isOrderKey(key)) problems.push({ name: '', code: 'unreadable' });
  const claim = { key, type, name, address: address ?? null, offer: offer === '' ? null : offer };
  return { ...claim, code: code.slice(0, codeMax), problems };
}

/** Reads who wants to wait: without an address nobody can. */
export function readWait(fields: Readonly<Record<string, string>>): {
  readonly address: string | null;
  readonly type: string;
  readonly problems: readonly ClaimProblem[];
} {
  const { type = '' } = fields;
  const address = readAddress(fields.address ?? '');
  if (!isTypeId(type)) return { address: null, type, problems: [{ name: 'type', code: 'type' }] };
  const problems = address ? [] : [{ name: 'address', code: 'address' } as const];
  return { address: address ?? null, type, problems };
}

/** null: none was given. undefined: it is none. */
function readAddress(typed: string): string | null | undefined {
  const address = typed.trim();
  if (address === '') return null;
  return address.length <= 254 && emailAddress.safeParse(address).success ? address : undefined;
}
