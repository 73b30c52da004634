import { newSecret } from '../../src/platform/secrets.ts';
import type { Program } from './program.ts';

/** Sends a form as a page of the site does; `from` is the visitor's address, where a proxy would say it. */
export async function sendTo(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  from = '127.0.0.1',
): Promise<Response> {
  return await fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': from },
    body: new URLSearchParams(fields),
  });
}

export type Bought = {
  readonly status: number;
  /** Where the order is; null where nothing was set aside. */
  readonly order: string | null;
  readonly key: string;
};

/** A buyer asks for places at a screening of the front film. */
export async function buyerAt(
  { url }: Pick<Program, 'url'>,
  slug: string,
  fields: Readonly<Record<string, string>>,
): Promise<Bought> {
  const key = fields.key ?? newSecret();
  const answer = await sendTo(url, `/screenings/${slug}/tickets`, { ...fields, key });
  await answer.arrayBuffer();
  return { status: answer.status, order: answer.headers.get('location'), key };
}

/** A buyer says who comes. @returns the status */
export async function confirmAt({ url }: Pick<Program, 'url'>, { order, key }: Bought): Promise<number> {
  const path = `${new URL(order ?? '', url).pathname}/confirmation`;
  const answer = await sendTo(url, path, { key, name: 'Grace Moore', address: 'grace@example.org' });
  await answer.arrayBuffer();
  return answer.status;
}
