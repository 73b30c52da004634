import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type CachedPage, representationFor } from '../platform/page-cache/index.ts';
import { answerError, makeApp } from './app.tsx';
import { openRushForms } from './checkout/rush-forms.ts';
import { securityHeaders, strictTransport } from './edge/security-headers.ts';
import { hostOfIncoming } from './edge/visitor.ts';
import type { House } from './house.ts';
import { isForRushLane, openRushLane } from './rush-lane.ts';
import { namesPage } from './site/answer.tsx';

export type WebServer = {
  readonly port: number;
  /**
   * Asks for the front page and the list of screenings once. What is read and compiled for the first page of a
   * process (maps, letters, templates) takes a quarter of a second, and no visitor should wait for it.
   */
  warmUp(): Promise<void>;
  close(): Promise<void>;
};

// A visitor on a bad line may take this long over a form; beyond, the socket is somebody holding it open.
const requestTimeoutMs = 60_000;
const headersTimeoutMs = 15_000;
const keepAliveMs = 65_000;
const closeGraceMs = 10_000;

/**
 * Listens for visitors. A page that was answered before and is still true goes out at once, with one look-up by
 * host and URL, before any routing; so does what the forms of a rush send. Everything else goes through the app.
 */
export async function startServer(house: House, port = house.config.port): Promise<WebServer> {
  const forms = openRushForms(house);
  const app = makeApp(house, forms);
  const listener = getRequestListener(app.fetch);
  const fixed = fixedHeaders(house);
  const takeInRush = openRushLane(house, forms, fixed, {
    route: listener,
    answerError: (error, visit) => answerError(error, house, visit),
  });
  const server = createServer(
    { requestTimeout: requestTimeoutMs, headersTimeout: headersTimeoutMs, keepAliveTimeout: keepAliveMs },
    (incoming, outgoing) => {
      const page = incoming.method === 'GET' ? keptFor(house, incoming) : undefined;
      if (page) sendKept(page, fixed, incoming, outgoing);
      else if (isForRushLane(incoming)) void takeInRush(incoming, outgoing);
      else if (isAddress(incoming)) void listener(incoming, outgoing);
      else refuse(outgoing);
    },
  );
  await listen(server, port, house.config.host);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async warmUp() {
      for (const path of ['/', '/screenings']) await app.request(house.config.publicUrl + path);
    },
    close: () => closeGently(server),
  };
}

function keptFor({ config, pages }: House, incoming: IncomingMessage): CachedPage | undefined {
  const host = hostOfIncoming(incoming, config);
  return host === '' ? undefined : pages.atAddress(`${host}${incoming.url}`);
}

/** Whether host and path make an address at all; what the router gets, it can parse. */
function isAddress({ headers: { host = '' }, url = '' }: IncomingMessage): boolean {
  return URL.canParse(url.startsWith('/') ? `http://${host}${url}` : url);
}

function refuse(outgoing: ServerResponse): void {
  outgoing.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  outgoing.end('This is no address.\n');
}

/** Of a page's headers those that a browser brings what it kept up to date with (RFC 9110, 15.4.5). */
function headersOf304(headers: readonly string[]): string[] {
  return ['etag', 'cache-control', 'vary'].flatMap((name) => {
    const at = headers.indexOf(name);
    return at < 0 ? [] : [name, headers[at + 1] ?? ''];
  });
}

function fixedHeaders({ config }: House): readonly string[] {
  const headers = Object.entries(securityHeaders).flat();
  return config.publicUrl.startsWith('https:')
    ? [...headers, 'strict-transport-security', strictTransport]
    : headers;
}

function sendKept(
  page: CachedPage,
  fixed: readonly string[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { headers, bytes } = representationFor(
    page,
    incoming.headers['accept-encoding'] as string | undefined,
  );
  const known = incoming.headers['if-none-match'];
  if (known !== undefined && namesPage(known, page)) {
    outgoing.writeHead(304, headersOf304(headers));
    outgoing.end();
    return;
  }
  outgoing.writeHead(page.status, headers.concat(fixed));
  outgoing.end(bytes);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      failed(error.code === 'EADDRINUSE' ? new Error(`PORT: ${port} is taken by another program`) : error);
    });
    server.listen(port, host, done);
  });
}

/** Lets answers that are under way finish, then ends what is left. */
function closeGently(server: Server): Promise<void> {
  return new Promise((done) => {
    const hard = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    server.close(() => {
      clearTimeout(hard);
      done();
    });
    server.closeIdleConnections();
  });
}
