import pg from 'pg';
import { afterAll, vi } from 'vitest';
import type { Installation } from './program.ts';

/** What an installation has written to people, for a test file that looks into it beside the program. */
export async function openMailbox({ connection }: Installation): Promise<{
  readonly client: pg.Client;
  /** The first link of the newest mail to an address whose subject says this, once a worker has written it. */
  linkIn(address: string, subject: string): Promise<string>;
}> {
  const client = new pg.Client(connection);
  await client.connect();
  afterAll(() => client.end());
  return {
    client,
    linkIn: (address, subject) =>
      vi.waitFor(async () => {
        const { rows } = await client.query<{ text: string }>(
          `select text_body as text from mail where to_address = $1 and subject like $2 order by written_at desc`,
          [address, `%${subject}%`],
        );
        const found = /https?:\/\/\S+/.exec(rows[0]?.text ?? '')?.[0];
        if (found === undefined) throw new Error('no such mail yet');
        return found;
      }, 20_000),
  };
}
