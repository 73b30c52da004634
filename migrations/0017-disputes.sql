-- Disputes: a buyer's bank takes a payment back and asks the film why. What the provider says of each; the money is in
-- the books, by the provider's own movements.
create table dispute (
  film_id uuid not null references film,
  id uuid not null,
  order_id uuid not null,
  charge_id uuid not null,
  provider_ref text not null check (length(provider_ref) between 1 and 255),
  -- What is disputed, in the payment's currency.
  amount bigint not null check (amount > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Why, in the provider's own word.
  reason text not null check (length(reason) between 1 and 100),
  -- inquiry: the bank asks, and has taken nothing. dropped: it asked and let it be.
  state text not null check (state in ('inquiry', 'needs-response', 'under-review', 'won', 'lost', 'dropped')),
  opened_at timestamptz not null,
  -- Until when the film may answer.
  due_at timestamptz,
  settled_at timestamptz,
  -- When the reconciler asks next.
  look_at timestamptz,
  primary key (film_id, id),
  unique (film_id, charge_id, provider_ref),
  foreign key (film_id, order_id) references "order" (film_id, id),
  foreign key (film_id, charge_id) references charge (film_id, id),
  check ((settled_at is null) = (state in ('inquiry', 'needs-response', 'under-review')))
);
create index dispute_of_order on dispute (film_id, order_id);
create index dispute_newest on dispute (film_id, opened_at desc, id);
create index dispute_open on dispute (film_id, due_at) where settled_at is null;
create index dispute_to_look_at on dispute (film_id, look_at) where look_at is not null;
call keep_to_film('dispute');
revoke update, delete on dispute from houselights_program;
grant update (amount, reason, state, due_at, settled_at, look_at) on dispute to houselights_program;

-- What of a payment a dispute has taken or may yet take: nobody gives that back a second time.
alter table charge add disputed bigint not null default 0 check (disputed >= 0);
grant update (disputed) on charge to houselights_program;
