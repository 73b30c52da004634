-- Payments and refunds: what a provider was asked for, what it said, and what the books were told of it.

-- A film's account with a payment provider. Its keys are read by whoever calls the provider, and shown to nobody.
create table payment_account (
  film_id uuid not null references film,
  id uuid not null,
  provider text not null check (provider in ('stripe')),
  -- What the provider calls the account: acct_…
  provider_account text not null check (length(provider_account) between 1 and 100),
  is_live boolean not null,
  secret_key text not null check (length(secret_key) between 8 and 300),
  -- null: nobody entered it yet, so the provider's events are not believed.
  webhook_secret text check (length(webhook_secret) between 8 and 300),
  made_at timestamptz not null,
  keys_at timestamptz not null,
  -- Up to when we asked what was given back at the provider's own desk.
  refunds_seen_at timestamptz not null,
  -- Another account took its place. What was paid through it is still given back through it.
  retired_at timestamptz,
  primary key (film_id, id),
  unique (film_id, provider, provider_account)
);
create unique index payment_account_in_use on payment_account (film_id) where retired_at is null;
call keep_to_film('payment_account');
-- A payment names its account for ever.
revoke delete on payment_account from houselights_program;

-- Who comes, as it was said when paying began: the provider's word may come when the buyer is long gone.
alter table "order" add guest_names jsonb not null default '[]';

-- One payment for an order: asked for by a page of a provider's, or promised, or made by hand.
create table charge (
  film_id uuid not null references film,
  id uuid not null,
  order_id uuid not null,
  provider text not null check (provider in ('stripe', 'sandbox', 'offline')),
  -- Through which of the film's accounts; null where there is none to go through.
  account_id uuid,
  method text not null check (method in ('stripe', 'sandbox', 'invoice', 'cash', 'cheque', 'card-reader')),
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  started_at timestamptz not null,
  -- Until when the page may be paid at.
  page_until timestamptz,
  page_url text check (length(page_url) <= 2000),
  -- The provider's names for the page, and for the payment that was made there.
  provider_ref text check (length(provider_ref) between 1 and 255),
  payment_ref text check (length(payment_ref) between 1 and 255),
  -- The buyer did their part, and the provider waits for a bank.
  pending_at timestamptz,
  succeeded_at timestamptz,
  -- Nobody can pay here any more: it ran out, was declined for good, or was called off.
  gone_at timestamptz,
  -- Of a payment that was made, or an invoice that was sent: whether the order stands on it. If not, it is given back.
  fulfils boolean,
  -- What the provider says that does not agree with what was asked for: nothing follows from it until somebody looks.
  problem text check (problem in ('amount', 'currency', 'order')),
  captured bigint not null default 0 check (captured >= 0),
  -- Given back, or about to be: counted by the refunds' own trigger and by nobody else.
  refunded bigint not null default 0,
  fee bigint check (fee >= 0),
  fee_currency text check (fee_currency ~ '^[A-Z]{3}$'),
  -- Of an invoice.
  invoice_number int check (invoice_number > 0),
  due_on date,
  -- When the reconciler looks next.
  look_at timestamptz,
  primary key (film_id, id),
  foreign key (film_id, order_id) references "order" (film_id, id),
  foreign key (film_id, account_id) references payment_account (film_id, id),
  unique (film_id, provider, provider_ref),
  unique (film_id, provider, payment_ref),
  unique (film_id, invoice_number),
  constraint charge_not_over_refunded check (refunded between 0 and captured),
  check ((provider = 'stripe') = (account_id is not null)),
  check (succeeded_at is null or captured > 0),
  check ((fee is null) = (fee_currency is null)),
  check ((method = 'invoice') = (invoice_number is not null))
);
-- One page an order is open for paying at, and an order stands on one payment.
create unique index charge_open on charge (film_id, order_id)
  where provider <> 'offline' and succeeded_at is null and gone_at is null;
create unique index charge_fulfils on charge (film_id, order_id) where fulfils;
create index charge_of_order on charge (film_id, order_id);
create index charge_to_look_at on charge (film_id, look_at) where look_at is not null;
call keep_to_film('charge');
revoke insert, update, delete on charge from houselights_program;
grant insert (film_id, id, order_id, provider, account_id, method, amount, currency, started_at, page_until,
              succeeded_at, fulfils, captured, invoice_number, due_on, look_at),
      update (page_until, page_url, provider_ref, payment_ref, pending_at, succeeded_at, gone_at, fulfils, problem,
              captured, fee, fee_currency, look_at)
  on charge to houselights_program;

-- Money on its way back. It counts in the books when the provider says that it went.
create table refund (
  film_id uuid not null references film,
  id uuid not null,
  order_id uuid not null,
  charge_id uuid not null,
  amount bigint not null check (amount > 0),
  -- How much of it is of the gift; the rest is of the tickets.
  of_gift bigint not null default 0 check (of_gift between 0 and amount),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Tickets given back; a sum; a screening that is not shown; places that were gone when the money came; money for an
  -- order that was paid already; made at the provider's own desk.
  reason text not null check (reason in ('tickets', 'sum', 'screening', 'places-gone', 'paid-twice', 'provider')),
  state text not null check (state in ('asked', 'pending', 'needs-action', 'succeeded', 'failed')),
  -- Why it failed, in the provider's word.
  failure text check (length(failure) <= 200),
  provider_ref text check (length(provider_ref) between 1 and 255),
  -- Counted up when somebody asks again after a failure: each try is one to the provider.
  attempt int not null default 1 check (attempt between 1 and 100),
  asked_at timestamptz not null,
  person_id text,
  person_name text not null,
  settled_at timestamptz,
  look_at timestamptz,
  primary key (film_id, id),
  foreign key (film_id, order_id) references "order" (film_id, id),
  foreign key (film_id, charge_id) references charge (film_id, id),
  unique (film_id, charge_id, provider_ref)
);
create index refund_of_order on refund (film_id, order_id);
create index refund_to_look_at on refund (film_id, look_at) where look_at is not null;
call keep_to_film('refund');
revoke update, delete on refund from houselights_program;
grant update (state, failure, provider_ref, attempt, settled_at, look_at) on refund to houselights_program;

-- Which tickets a refund is for, at what was paid for each. A ticket's money goes back once.
create table refund_ticket (
  film_id uuid not null references film,
  refund_id uuid not null,
  ticket_id uuid not null,
  ticket_type_id uuid not null,
  amount bigint not null check (amount >= 0),
  primary key (film_id, refund_id, ticket_id),
  unique (film_id, ticket_id),
  foreign key (film_id, refund_id) references refund (film_id, id),
  foreign key (film_id, ticket_id) references ticket (film_id, id)
);
call keep_to_film('refund_ticket');
revoke update, delete on refund_ticket from houselights_program;

-- What is given back of a payment is the sum of its refunds, those that failed left out; never more than was paid.
create function count_refund() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update charge set refunded = refunded
           + case when new.state <> 'failed' then new.amount else 0 end
           - case when tg_op = 'UPDATE' and old.state <> 'failed' then old.amount else 0 end
   where film_id = new.film_id and id = new.charge_id;
  return null;
end $$;
create trigger refund_made after insert on refund
  for each row when (current_user = 'houselights_program') execute function count_refund();
create trigger refund_changed after update of state on refund
  for each row when (old.state is distinct from new.state and current_user = 'houselights_program')
  execute function count_refund();

-- What providers told us, each once, kept in the transaction of what followed from it.
create table provider_event (
  film_id uuid not null references film,
  provider text not null,
  event_id text not null check (length(event_id) between 1 and 255),
  kind text not null check (length(kind) between 1 and 200),
  api_version text check (length(api_version) <= 60),
  account_id uuid not null,
  received_at timestamptz not null,
  -- null: about nothing of ours.
  charge_id uuid,
  primary key (film_id, provider, event_id),
  foreign key (film_id, account_id) references payment_account (film_id, id),
  foreign key (film_id, charge_id) references charge (film_id, id)
);
create index provider_event_newest on provider_event (film_id, account_id, received_at desc);
call keep_to_film('provider_event');
revoke update, delete on provider_event from houselights_program;

-- The sandbox is a provider that moves no money; this is what it knows.
create table sandbox_payment (
  film_id uuid not null references film,
  id text not null check (id ~ '^sb_[A-Za-z0-9_-]{22}$'),
  -- The same start asked for again is the same page.
  start_key text not null,
  order_ref text not null,
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  title text not null,
  return_url text not null,
  leave_url text not null,
  ends_at timestamptz not null,
  paid_at timestamptz,
  ended_at timestamptz,
  primary key (film_id, id),
  unique (film_id, start_key),
  check (paid_at is null or ended_at is null)
);
call keep_to_film('sandbox_payment');
create table sandbox_refund (
  film_id uuid not null references film,
  id text not null,
  payment_id text not null,
  start_key text not null,
  refund_ref text not null,
  amount bigint not null check (amount > 0),
  primary key (film_id, id),
  unique (film_id, start_key),
  foreign key (film_id, payment_id) references sandbox_payment (film_id, id)
);
call keep_to_film('sandbox_refund');
