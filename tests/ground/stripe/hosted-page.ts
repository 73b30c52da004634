import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StripeServer } from './server.ts';

/** The page at which a buyer pays: plain HTML with buttons, so that a real browser can go through it. */
export function hostedPage(
  server: StripeServer,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): void {
  const session = server.sessions.get(url.pathname.slice('/pay/'.length));
  if (!session) {
    response.writeHead(404).end();
    return;
  }
  const wish = new URLSearchParams(body).get('do');
  const lead = (to: string) => response.writeHead(303, { location: to }).end();
  if (request.method === 'POST' && wish === 'pay' && session.status === 'open') {
    server.pay(session);
    lead(session.successUrl);
    return;
  }
  const said = wish === 'decline' ? '<p role="alert">Your card was declined.</p>' : '';
  const button = (value: string, label: string) => `<button name="do" value="${value}">${label}</button>`;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><title>Checkout</title><h1>Pay ${session.amount / 100}</h1>${said}
<form method="post">${button('pay', 'Pay')}${button('decline', 'Use a declined card')}</form>
<a href="${session.cancelUrl.replaceAll('&', '&amp;')}">Back</a></html>`,
  );
}
