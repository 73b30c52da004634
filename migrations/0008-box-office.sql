-- The box office: places are held, paid for and given as tickets; whatever draws on a screening's places does so as a
-- hold, and nothing else does.

-- How a film sells: one row, written when somebody changes what a new film starts with.
create table box_office (
  film_id uuid primary key references film,
  hold_minutes int not null check (hold_minutes between 5 and 60),
  -- Until how many hours before the start buyers may give tickets back for their money; null: they may not.
  refund_hours int check (refund_hours between 0 and 720),
  -- How many days an invoice may take; null: nobody pays by invoice.
  invoice_days int check (invoice_days between 1 and 120),
  -- How long somebody who waited may think over a place that came back.
  offer_hours int not null check (offer_hours between 1 and 72),
  changed_at timestamptz not null
);
call keep_to_film('box_office');

-- How many people a screening has room for.
create table capacity (
  film_id uuid not null references film,
  screening_id uuid not null,
  places int not null check (places between 0 and 1000000),
  -- The sum of this screening's holds, those that ran out and were not yet given back included. Counted by the
  -- holds' own triggers and by nobody else.
  taken int not null default 0 check (taken >= 0),
  primary key (film_id, screening_id),
  foreign key (film_id, screening_id) references screening (film_id, id)
);
call keep_to_film('capacity');
revoke insert, update, delete on capacity from houselights_program;
grant insert (film_id, screening_id, places), update (places) on capacity to houselights_program;

-- What one may choose: a price, or a range to choose from, and when.
create table ticket_type (
  film_id uuid not null references film,
  id uuid not null,
  screening_id uuid not null,
  position int not null,
  -- A text, or one by language, as the film folder writes them.
  name jsonb not null,
  about jsonb,
  kind text not null check (kind in ('fixed', 'pwyw', 'free', 'comp')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- fixed: the price. pwyw: what is suggested. Minor units.
  price bigint not null check (price between 0 and 1000000000),
  price_min bigint check (price_min >= 0),
  price_max bigint check (price_max <= 1000000000),
  -- Of the screening's places, how many at most as this type; null: all.
  places_max int check (places_max >= 0),
  per_order_max int not null check (per_order_max between 1 and 100),
  sale_from timestamptz,
  sale_until timestamptz,
  -- Shown only to those who bring a code for it.
  needs_code boolean not null default false,
  withdrawn_at timestamptz,
  primary key (film_id, id),
  foreign key (film_id, screening_id) references capacity (film_id, screening_id),
  check (kind <> 'pwyw' or (price_min is not null and price_max is not null
                            and price_min <= price and price <= price_max)),
  check (kind = 'pwyw' or (price_min is null and price_max is null)),
  check (kind not in ('free', 'comp') or price = 0),
  check (kind <> 'fixed' or price > 0),
  check (sale_from < sale_until)
);
create index ticket_type_of_screening on ticket_type (film_id, screening_id, position);
call keep_to_film('ticket_type');
-- A type that was sold is withdrawn, not deleted: tickets name it.
revoke delete on ticket_type from houselights_program;

-- A word that makes places cheaper or free.
create table code (
  film_id uuid not null references film,
  id uuid not null,
  -- As it is compared: capitals, no spaces.
  word text not null check (word ~ '^[A-Z0-9-]{3,40}$'),
  kind text not null check (kind in ('percent', 'amount', 'comp')),
  -- percent: 1 to 100. amount: minor units off each place.
  off bigint not null check (off >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- null: good at every screening.
  screening_id uuid,
  ticket_type_id uuid,
  -- How many places, and how much money in minor units of its currency, it may be used for.
  uses_max int check (uses_max > 0),
  money_max bigint check (money_max > 0),
  uses int not null default 0 check (uses >= 0),
  money bigint not null default 0 check (money >= 0),
  good_from timestamptz,
  good_until timestamptz,
  note text not null default '' check (length(note) <= 300),
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (film_id, id),
  unique (film_id, word),
  foreign key (film_id, screening_id) references screening (film_id, id),
  foreign key (film_id, ticket_type_id) references ticket_type (film_id, id),
  check (kind <> 'percent' or off between 1 and 100),
  check (kind <> 'amount' or off > 0),
  check ((kind = 'amount' or money_max is not null) <= (currency is not null)),
  check (good_from < good_until)
);
call keep_to_film('code');
-- How often it was used is counted by its uses alone.
revoke insert, update, delete on code from houselights_program;
grant insert (film_id, id, word, kind, off, currency, screening_id, ticket_type_id, uses_max, money_max, good_from,
              good_until, note, made_at),
      update (kind, off, currency, screening_id, ticket_type_id, uses_max, money_max, good_from, good_until, note,
              withdrawn_at)
  on code to houselights_program;

-- What somebody wants, from the moment that places are set aside for it. It is open while its places are held,
-- confirmed once it is paid or promised, lapsed when the clock passes `lapses_at` before that. In a rush thousands of
-- these rows are written within a second: what a reference leads to leads on to the film, so that none names it twice.
create table "order" (
  film_id uuid not null,
  id uuid not null,
  code text not null check (code ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
  screening_id uuid not null,
  channel text not null check (channel in ('site', 'door', 'desk')),
  language text not null check (length(language) <= 20),
  -- Who sent the buyer: a partner's mark in the link.
  referral text check (referral ~ '^[a-z0-9-]{1,80}$'),
  code_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- What the buyer owes, the gift included; minor units.
  total bigint not null check (total >= 0),
  gift bigint not null check (gift between 0 and 1000000000),
  made_at timestamptz not null,
  lapses_at timestamptz not null,
  buyer_name text check (length(buyer_name) between 1 and 200),
  buyer_address text check (length(buyer_address) <= 254),
  -- How it is paid: nothing to pay, a provider's page, an invoice, money in the hand.
  method text check (method in ('free', 'stripe', 'sandbox', 'invoice', 'cash', 'cheque', 'card-reader', 'comp')),
  confirmed_at timestamptz,
  cancelled_at timestamptz,
  primary key (film_id, id),
  unique (film_id, code),
  -- Not to the capacity, whose row is the busiest there is: every reference would wait at it.
  foreign key (film_id, screening_id) references screening (film_id, id),
  foreign key (film_id, code_id) references code (film_id, id),
  check (gift <= total),
  check (confirmed_at is null or method is not null),
  check (cancelled_at is null or confirmed_at is not null)
);
create index order_of_screening on "order" (film_id, screening_id, id);
create index order_newest on "order" (film_id, confirmed_at desc, id desc) where confirmed_at is not null;
create index order_by_address on "order" (film_id, lower(buyer_address)) where buyer_address is not null;
call keep_to_film('"order"');

-- The secrets that open an order: the one that its form carried, and one for each mail that leads to it.
create table order_key (
  film_id uuid not null,
  secret_hash bytea not null,
  order_id uuid not null,
  made_at timestamptz not null,
  primary key (film_id, secret_hash),
  foreign key (film_id, order_id) references "order" (film_id, id) on delete cascade
);
create index order_key_of_order on order_key (film_id, order_id);
call keep_to_film('order_key');

-- What was chosen, at what was quoted: prices that change later change no order.
create table order_line (
  film_id uuid not null,
  order_id uuid not null,
  line smallint not null check (line between 1 and 100),
  ticket_type_id uuid not null,
  quantity int not null check (quantity between 1 and 100),
  -- Of each place, in minor units of the order's currency: its price, what a code took off it, what the solidarity
  -- fund pays for it. The buyer pays the rest.
  price bigint not null check (price between 0 and 1000000000),
  off bigint not null check (off >= 0),
  granted bigint not null check (granted >= 0),
  primary key (film_id, order_id, line),
  foreign key (film_id, order_id) references "order" (film_id, id) on delete cascade,
  foreign key (film_id, ticket_type_id) references ticket_type (film_id, id),
  check (off + granted <= price)
);
call keep_to_film('order_line');

-- Places set aside: for an order, for guests of the house, for somebody who waits. Until a moment, or for good.
create table hold (
  film_id uuid not null,
  id uuid not null,
  screening_id uuid not null,
  order_id uuid,
  line smallint,
  ticket_type_id uuid,
  places int not null check (places between 1 and 1000000),
  made_at timestamptz not null,
  -- null: for good.
  expires_at timestamptz,
  -- For whom the house keeps them, where no order does.
  note text not null default '' check (length(note) <= 200),
  primary key (film_id, id),
  foreign key (film_id, screening_id) references capacity (film_id, screening_id),
  -- What an order holds, it holds for one of its lines.
  foreign key (film_id, order_id, line) references order_line (film_id, order_id, line)
);
create index hold_by_end on hold (film_id, screening_id, expires_at) include (places);
create index hold_of_order on hold (film_id, order_id) where order_id is not null;
create index hold_of_type on hold (film_id, ticket_type_id, expires_at) include (places)
  where ticket_type_id is not null;
call keep_to_film('hold');
revoke update on hold from houselights_program;
grant update (places, expires_at, order_id, line, ticket_type_id, note) on hold to houselights_program;

-- One person may come in.
create table ticket (
  film_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  -- Counted from one in its order: K7QM-2F9X-1.
  number int not null check (number between 1 and 1000),
  screening_id uuid not null,
  ticket_type_id uuid not null,
  guest_name text check (length(guest_name) between 1 and 200),
  -- Counted up when it goes to somebody else: what was printed before no longer lets in.
  generation int not null default 1 check (generation between 1 and 255),
  issued_at timestamptz not null,
  cancelled_at timestamptz,
  primary key (film_id, id),
  unique (film_id, order_id, number),
  foreign key (film_id, order_id, line) references order_line (film_id, order_id, line)
);
create index ticket_of_screening on ticket (film_id, screening_id, id);
call keep_to_film('ticket');
revoke delete on ticket from houselights_program;

-- Places and money that a code was used for; as with holds, until a moment or for good.
create table code_use (
  film_id uuid not null,
  code_id uuid not null,
  order_id uuid not null,
  uses int not null check (uses > 0),
  money bigint not null check (money >= 0),
  expires_at timestamptz,
  primary key (film_id, code_id, order_id),
  foreign key (film_id, code_id) references code (film_id, id),
  foreign key (film_id, order_id) references "order" (film_id, id)
);
create index code_use_by_end on code_use (film_id, code_id, expires_at);
create index code_use_of_order on code_use (film_id, order_id);
call keep_to_film('code_use');
revoke update on code_use from houselights_program;
grant update (uses, money, expires_at) on code_use to houselights_program;

-- Who waits for a place at a full screening, in the order in which they came. Waiting until something is offered or
-- they leave; an offer is a hold, and is over when that is.
create table wait_entry (
  film_id uuid not null,
  id uuid not null,
  screening_id uuid not null,
  address text not null check (length(address) between 3 and 254),
  language text not null check (length(language) <= 20),
  places int not null check (places between 1 and 20),
  -- Opens the entry: its page and the way to leave. The offer's mail carries a secret of its own.
  key_hash bytea not null,
  offer_hash bytea,
  joined_at timestamptz not null,
  left_at timestamptz,
  offered_at timestamptz,
  offer_until timestamptz,
  -- What is offered, and the order that came of it.
  hold_id uuid,
  order_id uuid,
  primary key (film_id, id),
  unique (film_id, key_hash),
  unique (film_id, offer_hash),
  foreign key (film_id, screening_id) references capacity (film_id, screening_id),
  foreign key (film_id, order_id) references "order" (film_id, id),
  check ((offered_at is null) = (offer_until is null)),
  check (order_id is null or offered_at is not null)
);
-- The line itself, and one place in it an address.
create index wait_entry_line on wait_entry (film_id, screening_id, joined_at, id)
  where offered_at is null and left_at is null;
create unique index wait_entry_once on wait_entry (film_id, screening_id, lower(address))
  where offered_at is null and left_at is null;
create index wait_entry_of_screening on wait_entry (film_id, screening_id, id);
call keep_to_film('wait_entry');

-- What is taken is the sum of what is held, kept by the database: no command can forget to count, or count twice.
-- As the owner, because nobody else may write the sums. A restore brings them back as they stood.
create function count_holds_made() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update capacity set taken = capacity.taken + held.places
    from (select film_id, screening_id, sum(places)::int as places from made group by film_id, screening_id) as held
   where capacity.film_id = held.film_id and capacity.screening_id = held.screening_id;
  return null;
end $$;
create trigger hold_made after insert on hold referencing new table as made
  for each statement when (current_user = 'houselights_program') execute function count_holds_made();

create function count_holds_given_back() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update capacity set taken = capacity.taken - held.places
    from (select film_id, screening_id, sum(places)::int as places from gone group by film_id, screening_id) as held
   where capacity.film_id = held.film_id and capacity.screening_id = held.screening_id;
  return null;
end $$;
create trigger hold_given_back after delete on hold referencing old table as gone
  for each statement when (current_user = 'houselights_program') execute function count_holds_given_back();

create function count_hold_changed() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update capacity set taken = taken + new.places - old.places
   where film_id = new.film_id and screening_id = new.screening_id;
  return null;
end $$;
create trigger hold_changed after update of places on hold
  for each row when (old.places <> new.places and current_user = 'houselights_program')
  execute function count_hold_changed();

-- Stands behind every lock: places may become fewer than were sold, but never be taken beyond what there are.
create function refuse_oversold() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'more places would be taken than there are' using errcode = 'HL002';
end $$;
create trigger capacity_not_oversold before update of taken on capacity
  for each row when (new.taken > old.taken and new.taken > new.places) execute function refuse_oversold();

create function count_code_use() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update code set uses = uses + coalesce(new.uses, 0) - coalesce(old.uses, 0),
                  money = money + coalesce(new.money, 0) - coalesce(old.money, 0)
   where film_id = coalesce(new.film_id, old.film_id) and id = coalesce(new.code_id, old.code_id);
  return null;
end $$;
create trigger code_use_counted after insert or delete or update of uses, money on code_use
  for each row when (current_user = 'houselights_program') execute function count_code_use();

create function refuse_overused() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'the code would be used more often than it may be' using errcode = 'HL003';
end $$;
create trigger code_not_overused before update of uses, money on code
  for each row when ((new.uses > old.uses and new.uses > new.uses_max)
                     or (new.money > old.money and new.money > new.money_max))
  execute function refuse_overused();

-- Takes places at one screening for as many orders as wait for them, in their order: each gets all of its places or
-- none. Locks the capacity, gives back what ran out by the caller's clock, decides, and holds; returns the orders that
-- got theirs, and in a last row without an order how many places are left. While people wait in line, what is free is
-- theirs: only who is `ahead` of the line or brings its offer gets a place.
-- `wanted`: [{"order": uuid, "note": text for holds that are of no order, "ahead": boolean, "offer": uuid of a hold that
-- is used up for this, "expires": timestamp or null, "lines": [{"hold": uuid, "line": n, "type": uuid or null,
-- "places": n}]}]
create function take_places(of_screening uuid, at timestamptz, wanted jsonb)
  returns table (order_id uuid, places_left int) language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  free int;
  waiting int;
  offered int;
  -- By type, where a type has places of its own: how many are left of them. null where none has.
  left_by_type jsonb;
  want jsonb;
  needs int;
  granted jsonb[] := '{}';
begin
  select places - taken into free from capacity
   where film_id = film and screening_id = of_screening for no key update;
  if not found then return; end if;
  delete from hold where film_id = film and screening_id = of_screening and expires_at <= at;
  if found then
    select places - taken into free from capacity where film_id = film and screening_id = of_screening;
  end if;
  select coalesce(sum(places), 0) into waiting from wait_entry
   where film_id = film and screening_id = of_screening and offered_at is null and left_at is null;
  select jsonb_object_agg(id, places_max - coalesce((select sum(places) from hold
                                where hold.film_id = film and ticket_type_id = ticket_type.id), 0))
    into left_by_type from ticket_type
   where film_id = film and screening_id = of_screening and places_max is not null;
  for want, needs in
    select value, (select sum((line->>'places')::int) from jsonb_array_elements(value->'lines') as line)
      from jsonb_array_elements(wanted)
  loop
    select coalesce(sum(places), 0) into offered from hold
     where want ? 'offer' and film_id = film and id = (want->>'offer')::uuid and screening_id = of_screening
       and hold.order_id is null and expires_at > at;
    continue when needs > offered
                  + case when want->>'ahead' = 'true' then free else greatest(free - waiting, 0) end;
    if left_by_type is not null then
      -- Two lines of one type draw on the same places.
      continue when exists (select from jsonb_array_elements(want->'lines') as line
                             group by line->>'type'
                            having sum((line->>'places')::int) > (left_by_type->>(line->>'type'))::int);
      select jsonb_object_agg(key, value::int - coalesce((select sum((line->>'places')::int)
               from jsonb_array_elements(want->'lines') as line where line->>'type' = key), 0))
        into left_by_type from jsonb_each_text(left_by_type);
    end if;
    if offered > 0 then
      delete from hold where film_id = film and id = (want->>'offer')::uuid;
    end if;
    free := free + offered - needs;
    granted := granted || want;
  end loop;
  insert into hold (film_id, id, screening_id, order_id, line, ticket_type_id, places, made_at, expires_at, note)
    select film, (line->>'hold')::uuid, of_screening, case when got ? 'note' then null else (got->>'order')::uuid end,
           case when got ? 'note' then null else (line->>'line')::smallint end,
           (line->>'type')::uuid, (line->>'places')::int, at, (got->>'expires')::timestamptz, coalesce(got->>'note', '')
      from unnest(granted) as got, jsonb_array_elements(got->'lines') as line;
  return query select (got->>'order')::uuid, free from unnest(granted) as got;
  return query select null::uuid, free;
end $$;
revoke execute on function take_places from public;
grant execute on function take_places to houselights_program;

-- What a group is about, and which part of it an entry: an order and its ticket types. So that one order's money is
-- found from buyer to bank, and every report is a sum of entries.
alter table ledger_group add subject_id uuid;
create index ledger_group_of_subject on ledger_group (film_id, subject_id) where subject_id is not null;
grant insert (subject_id) on ledger_group to houselights_program;
alter table ledger_entry add part_id uuid;
grant insert (part_id) on ledger_entry to houselights_program;

-- Adds many jobs in the caller's transaction with one statement: in a rush a hundred letters wait at once.
create function add_jobs(job_name text, jobs json) returns void
  language sql security definer set search_path = pg_catalog as $$
    select graphile_worker.add_jobs(array(
             select row(job_name, job->'payload', null, null, 20, job->>'key', null, null)::graphile_worker.job_spec
               from json_array_elements(jobs) as job), true);
  $$;
revoke execute on function add_jobs from public;
grant execute on function add_jobs to houselights_program;
