import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bank } from './bank.ts';
import {
  type Card,
  cardFee,
  type Dispute,
  type Intent,
  newStripeId,
  type Refund,
  type Session,
  showRefund,
  showSession,
} from './books.ts';
import { hostedPage } from './hosted-page.ts';

/** What goes wrong next, by the start of a path: each once, in turn. */
export type Fault =
  /** Answers after so long. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Does what was asked and then hangs up: the asker never learns. */
  | { readonly kind: 'hang up after' }
  /** Hangs up and does nothing. */
  | { readonly kind: 'hang up' }
  | { readonly kind: 'status'; readonly status: number; readonly code?: string };

export type Call = { readonly method: string; readonly path: string; readonly key: string | null };

type Answer = { readonly status: number; readonly body: unknown };
type Fields = Readonly<Record<string, string>>;

const refuse = (status: number, code: string, type = 'invalid_request_error'): Answer => ({
  status,
  body: { error: { type, code, message: `refused: ${code}` } },
});

/** A local HTTP server that speaks the calls of Stripe's API which the program makes, to the real SDK. */
export class StripeServer {
  readonly sessions = new Map<string, Session>();
  readonly intents = new Map<string, Intent>();
  readonly bank = new Bank(this);
  readonly calls: Call[] = [];
  /** By secret key: whose account it opens. */
  readonly accounts = new Map([['sk_test_union_4242', 'acct_union']]);
  /** What the next refunds become, in turn; then succeeded. */
  readonly nextRefunds: Refund['status'][] = [];
  /** Whether one key is one thing, as it is with Stripe. */
  keepsKeys = true;
  /** What the next buyers pay with; null: not with a card. */
  card: Card | null = { brand: 'visa', last4: '4242' };
  /** Whether Stripe knows at once what it keeps. */
  knowsFees = true;
  nowSeconds: () => number = () => Math.floor(Date.now() / 1_000);
  /** Told of everything that happens, in order: events are made from it. */
  onChange: (kind: string, about: Session | Intent | Refund | Dispute) => void = () => {};

  readonly #faults: { readonly path: string; readonly fault: Fault }[] = [];
  readonly #answered = new Map<string, { readonly body: string; readonly answer: Answer | null }>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async listen(port = 0): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(port, '127.0.0.1', done));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  failNext(path: string, fault: Fault, times = 1): void {
    for (let at = 0; at < times; at += 1) this.#faults.push({ path, fault });
  }

  callsTo(path: string, method = 'POST'): Call[] {
    return this.calls.filter((call) => call.method === method && call.path === path);
  }

  /** The page of an order, or of the newest page where none is named. */
  session(reference?: string): Session {
    const all = [...this.sessions.values()].filter(
      (each) => reference === undefined || each.reference === reference,
    );
    const newest = all.at(-1);
    if (!newest) throw new Error('no such session');
    return newest;
  }

  /** A page that nobody paid at yet. */
  openSession(of: { amount: number; currency: string; reference: string; chargeId: string }): Session {
    const { amount, currency, reference, chargeId } = of;
    const created = this.nowSeconds();
    const session: Session = {
      ...{ id: newStripeId('cs_test'), status: 'open', paymentStatus: 'unpaid', intent: null },
      ...{ amount, currency, reference, metadata: { order: reference, charge: chargeId } },
      ...{ successUrl: '', cancelUrl: '', created, expiresAt: created + 86_400 },
    };
    this.sessions.set(session.id, session);
    return session;
  }

  /** A day went by: keys are only good for so long. */
  forgetKeys(): void {
    this.#answered.clear();
  }

  /** The buyer pays at the page. `processing`: their bank takes its time. */
  pay(session: Session, as: 'succeeded' | 'processing' = 'succeeded'): Session {
    if (session.status !== 'open') throw new Error(`the page is ${session.status}`);
    const { amount, currency, metadata } = session;
    const fee = this.knowsFees ? cardFee(amount) : null;
    const id = newStripeId('pi');
    const { card } = this;
    const intent: Intent = { id, status: as, amount, currency, metadata, fee, card, refunds: [] };
    Object.assign(session, {
      status: 'complete',
      paymentStatus: as === 'succeeded' ? 'paid' : 'unpaid',
      intent,
    });
    this.intents.set(id, intent);
    this.onChange('checkout.session.completed', session);
    if (as === 'succeeded') this.onChange('payment_intent.succeeded', intent);
    return session;
  }

  /** The bank has made up its mind. */
  bankSays(session: Session, verdict: 'yes' | 'no'): void {
    if (!session.intent) throw new Error('nobody paid');
    session.intent.status = verdict === 'yes' ? 'succeeded' : 'requires_payment_method';
    session.paymentStatus = verdict === 'yes' ? 'paid' : 'unpaid';
    this.onChange(`checkout.session.async_payment_${verdict === 'yes' ? 'succeeded' : 'failed'}`, session);
  }

  expire(session: Session): void {
    session.status = 'expired';
    this.onChange('checkout.session.expired', session);
  }

  /** Somebody gives money back at Stripe's own desk. */
  refundAtDesk(intent: Intent, amount: number): Refund {
    return this.#addRefund(intent, amount, {}, 'succeeded');
  }

  /** What became of a refund that was on its way. */
  refundBecomes(refund: Refund, status: Refund['status'], failure: string | null = null): void {
    Object.assign(refund, { status, failure });
    this.onChange(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
  }

  #addRefund(
    intent: Intent,
    amount: number,
    metadata: Record<string, string>,
    status: Refund['status'],
  ): Refund {
    const refund: Refund = {
      ...{ id: newStripeId('re'), amount, currency: intent.currency, status, failure: null, metadata },
      ...{ intentId: intent.id, created: this.nowSeconds() },
    };
    intent.refunds.push(refund);
    this.onChange('refund.created', refund);
    this.onChange('charge.refunded', intent);
    return refund;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stripe');
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces).toString();
    if (url.pathname.startsWith('/pay/')) return hostedPage(this, request, response, url, body);
    const key = (request.headers['idempotency-key'] as string | undefined) ?? null;
    const method = request.method ?? 'GET';
    this.calls.push({ method, path: url.pathname, key });
    const at = this.#faults.findIndex(({ path }) => url.pathname.startsWith(path));
    const fault = at < 0 ? null : (this.#faults.splice(at, 1)[0]?.fault ?? null);
    if (fault?.kind === 'hang up') return void request.socket.destroy();
    if (fault?.kind === 'status')
      return send(response, refuse(fault.status, fault.code ?? 'trouble', 'api_error'));
    const account = this.accounts.get((request.headers.authorization ?? '').replace('Bearer ', ''));
    if (account === undefined) return send(response, refuse(401, 'invalid_api_key'));
    const answer = await this.#once(key, body, fault, () =>
      this.#answer(method, url, Object.fromEntries(new URLSearchParams(body)), account),
    );
    if (fault?.kind === 'hang up after') return void request.socket.destroy();
    send(response, answer);
  }

  /** One key is one thing: the same again is answered as the first was, another thing under it is refused. */
  async #once(key: string | null, body: string, fault: Fault | null, work: () => Answer): Promise<Answer> {
    const pause = () =>
      fault?.kind === 'delay' ? new Promise((done) => setTimeout(done, fault.ms)) : Promise.resolve();
    if (key === null || !this.keepsKeys) {
      await pause();
      return work();
    }
    const hash = createHash('sha256').update(body).digest('hex');
    const before = this.#answered.get(key);
    if (before && before.body !== hash) return refuse(400, 'idempotency_key_reused', 'idempotency_error');
    if (before) return before.answer ?? refuse(409, 'idempotency_key_in_use', 'idempotency_error');
    this.#answered.set(key, { body: hash, answer: null });
    await pause();
    const answer = work();
    this.#answered.set(key, { body: hash, answer });
    return answer;
  }

  #answer(method: string, { pathname, searchParams }: URL, fields: Fields, account: string): Answer {
    if (pathname === '/v1/account') return ok({ id: account, object: 'account' });
    if (method === 'POST' && pathname === '/v1/checkout/sessions') return this.#startPage(fields);
    if (method === 'POST' && pathname === '/v1/refunds') return this.#refund(fields);
    if (pathname === '/v1/refunds') return this.#listRefunds(searchParams);
    if (pathname === '/v1/disputes') return ok(this.bank.list(searchParams));
    const [, id = '', verb = ''] = /^\/v1\/checkout\/sessions\/([^/]+)(?:\/(expire))?$/.exec(pathname) ?? [];
    const session = this.sessions.get(id);
    if (!session) return refuse(404, 'resource_missing');
    if (verb === 'expire' && session.status !== 'open') return refuse(400, 'session_not_open');
    if (verb === 'expire') this.expire(session);
    if (session.status === 'open' && session.expiresAt <= this.nowSeconds()) session.status = 'expired';
    return ok(showSession(session, this.url, searchParams.has('expand[0]')));
  }

  #startPage(fields: Fields): Answer {
    const expiresAt = Number(fields.expires_at);
    if (expiresAt < this.nowSeconds() + 30 * 60) return refuse(400, 'expires_at_too_soon');
    const session = this.openSession({
      amount: Number(fields['line_items[0][price_data][unit_amount]']),
      currency: fields['line_items[0][price_data][currency]'] ?? '',
      reference: fields.client_reference_id ?? '',
      chargeId: fields['metadata[charge]'] ?? '',
    });
    Object.assign(session, { expiresAt, successUrl: fields.success_url, cancelUrl: fields.cancel_url });
    return ok(showSession(session, this.url, false));
  }

  #refund(fields: Fields): Answer {
    const intent = this.intents.get(fields.payment_intent ?? '');
    if (intent?.status !== 'succeeded') return refuse(400, 'charge_not_succeeded');
    const gone = intent.refunds
      .filter(({ status }) => status !== 'failed' && status !== 'canceled')
      .reduce((sum, { amount }) => sum + amount, 0);
    const amount = Number(fields.amount);
    if (gone + amount > intent.amount) return refuse(400, 'charge_already_refunded');
    const metadata = { refund: fields['metadata[refund]'] ?? '' };
    return ok(showRefund(this.#addRefund(intent, amount, metadata, this.nextRefunds.shift() ?? 'succeeded')));
  }

  #listRefunds(query: URLSearchParams): Answer {
    const of = query.get('payment_intent');
    const since = Number(query.get('created[gte]') ?? 0);
    const all = [...this.intents.values()].flatMap(({ refunds }) => refunds);
    const found = all.filter(({ intentId, created }) => (of === null || intentId === of) && created >= since);
    return ok({ object: 'list', url: '/v1/refunds', has_more: false, data: found.map(showRefund) });
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
