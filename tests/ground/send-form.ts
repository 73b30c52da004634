import { expect, vi } from 'vitest';

/** Opens a form's page and keeps what its hidden fields hold, once they are old enough to be believed. */
export async function openedForm(url: string, path: string): Promise<Record<string, string>> {
  const page = await (await fetch(url + path)).text();
  const fields: Record<string, string> = {};
  for (const [tag] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const [, name = ''] = /name="([^"]*)"/.exec(tag) ?? [];
    fields[name] = /value="([^"]*)"/.exec(tag)?.[1] ?? '';
  }
  const first = { message: 'Is anybody there?' };
  // A form that is sent at once is held back; as soon as it is not, the rest may follow.
  await vi.waitFor(async () => expect(await sendForm(url, path, { ...fields, ...first })).toBe(303), {
    timeout: 30_000,
    interval: 300,
  });
  return fields;
}

let sent = 0;

/** Sends a form from an address that nobody has sent from; answers with its status, 0 where nobody answered. */
export async function sendForm(url: string, path: string, fields: Record<string, string>): Promise<number> {
  sent += 1;
  const address = `198.${18 + (sent % 2)}.${(sent >> 1) % 250}.${1 + ((sent >> 9) % 250)}`;
  const body = new URLSearchParams({ name: 'Maria', email: `maria-${sent}@example.org`, ...fields });
  try {
    const headers = { 'x-forwarded-for': address, origin: url };
    const answer = await fetch(url + path, { method: 'POST', redirect: 'manual', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
