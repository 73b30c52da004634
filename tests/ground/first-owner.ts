import { expect } from 'vitest';
import type { Program } from './program.ts';

/** Makes the first owner by the terminal's link. @returns the browser's cookie header */
export async function firstOwner({ url, setupUrl }: Program): Promise<string> {
  const body = new URLSearchParams({
    name: 'Ada',
    address: 'ada@union.example',
    password: 'seven boxes on a belt',
  });
  const headers = { origin: url };
  const answer = await fetch(setupUrl ?? '', { method: 'POST', redirect: 'manual', headers, body });
  expect(answer.status).toBe(303);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
