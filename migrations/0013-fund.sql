-- The solidarity fund: gifts come in, grants go out, and no grant is given that a gift does not pay for.

-- One row a currency. It says nothing: it is what everybody locks who makes the fund's money scarcer.
create table fund (
  film_id uuid not null references film,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null,
  primary key (film_id, currency)
);
call keep_to_film('fund');
revoke update, delete on fund from houselights_program;
-- To lock a row is to be able to change it.
grant update (opened_at) on fund to houselights_program;

-- Money in. What is in the fund is what is left of its gifts, and no gift can be spent beyond itself.
create table gift (
  film_id uuid not null references film,
  id uuid not null,
  currency text not null,
  amount bigint not null check (amount between 1 and 1000000000000),
  -- What grants are paid from it, those that are set aside included. Counted by the legs' own trigger alone.
  spent bigint not null default 0 check (spent >= 0),
  -- What went back to whoever gave it.
  taken_back bigint not null default 0 check (taken_back >= 0),
  -- The order that it was part of; null: put in by the makers.
  order_id uuid,
  given_at timestamptz not null,
  -- Where the giver hears that it was used; null: they left no address, or have heard.
  address text check (length(address) <= 254),
  language text not null check (length(language) <= 20),
  told_at timestamptz,
  primary key (film_id, id),
  unique (film_id, order_id),
  foreign key (film_id, currency) references fund (film_id, currency),
  check (spent + taken_back <= amount)
);
-- The first that has anything left pays first.
create index gift_with_something_left on gift (film_id, currency, given_at, id) where spent + taken_back < amount;
call keep_to_film('gift');
revoke insert, update, delete on gift from houselights_program;
grant insert (film_id, id, currency, amount, order_id, given_at, address, language),
      update (taken_back, address, told_at) on gift to houselights_program;

-- What a grant pays, who may claim one, and how many there are.
create table grant_rule (
  film_id uuid not null references film,
  id uuid not null,
  channel text not null check (channel in ('screening')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- A screening; null: all that have no rule of their own.
  screening_id uuid,
  -- Of a place's price, at most so much is paid from the fund and the film forgoes the rest; null: all of it.
  pays_max bigint check (pays_max > 0),
  who text not null check (who in ('everyone', 'code', 'nobody')),
  -- Where everyone may: whether the ticket needs an address, and how many one address may claim within how many days.
  needs_address boolean not null,
  per_address_max int not null check (per_address_max between 1 and 100),
  per_address_days int not null check (per_address_days between 1 and 366),
  -- How many grants one screening takes; null: as many as the fund pays for.
  places_max int check (places_max > 0),
  -- How long somebody who waited may take what is offered to them.
  offer_hours int not null check (offer_hours between 1 and 168),
  changed_at timestamptz not null,
  primary key (film_id, id),
  unique nulls not distinct (film_id, channel, currency, screening_id)
);
call keep_to_film('grant_rule');

-- A word for one grant or several, handed on by a steward: the steward knows to whom, the film does not.
create table grant_code (
  film_id uuid not null references film,
  id uuid not null,
  word text not null check (word ~ '^[A-Z0-9-]{3,40}$'),
  steward text not null check (length(steward) between 1 and 200),
  uses_max int not null check (uses_max between 1 and 10000),
  -- Counted by the grants' own trigger alone.
  uses int not null default 0,
  good_until timestamptz,
  made_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (film_id, id),
  unique (film_id, word),
  check (uses between 0 and uses_max)
);
create index grant_code_newest on grant_code (film_id, made_at desc, id);
call keep_to_film('grant_code');
revoke insert, update, delete on grant_code from houselights_program;
grant insert (film_id, id, word, steward, uses_max, good_until, made_at), update (withdrawn_at)
  on grant_code to houselights_program;

-- One place paid from the fund: set aside until a moment, then given for good or gone.
create table "grant" (
  film_id uuid not null references film,
  id uuid not null,
  currency text not null,
  amount bigint not null check (amount between 1 and 1000000000),
  -- The order that it pays; of what is offered to somebody who waits, their place in the list.
  subject_id uuid not null,
  screening_id uuid not null,
  code_id uuid,
  -- A keyed hash of an address, so that one is not served twice; nobody can read it back.
  person_mark bytea,
  made_at timestamptz not null,
  -- null: for good.
  expires_at timestamptz,
  given_at timestamptz,
  -- The ticket was cancelled: the money is in the fund again.
  returned_at timestamptz,
  primary key (film_id, id),
  unique (film_id, subject_id),
  foreign key (film_id, currency) references fund (film_id, currency),
  foreign key (film_id, code_id) references grant_code (film_id, id),
  check ((given_at is null) = (expires_at is not null)),
  check (returned_at is null or given_at is not null)
);
create index grant_by_end on "grant" (film_id, currency, expires_at) where expires_at is not null;
create index grant_of_screening on "grant" (film_id, screening_id);
create index grant_of_person on "grant" (film_id, person_mark, made_at) where person_mark is not null;
call keep_to_film('"grant"');
revoke update on "grant" from houselights_program;
grant update (subject_id, person_mark, expires_at, given_at, returned_at) on "grant" to houselights_program;

-- Which gift pays how much of which grant.
create table grant_leg (
  film_id uuid not null references film,
  grant_id uuid not null,
  gift_id uuid not null,
  amount bigint not null check (amount > 0),
  primary key (film_id, grant_id, gift_id),
  foreign key (film_id, grant_id) references "grant" (film_id, id),
  foreign key (film_id, gift_id) references gift (film_id, id)
);
create index grant_leg_of_gift on grant_leg (film_id, gift_id);
call keep_to_film('grant_leg');
revoke update on grant_leg from houselights_program;

-- Who asked while the fund was empty: an address and a language, for as long as they wait.
create table grant_wait (
  film_id uuid not null references film,
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  screening_id uuid not null,
  ticket_type_id uuid not null,
  -- What a grant for it comes to.
  amount bigint not null check (amount > 0),
  address text not null check (length(address) <= 254),
  language text not null check (length(language) <= 20),
  -- Where the film's site is, for the link in the letter.
  site text not null check (length(site) <= 500),
  made_at timestamptz not null,
  -- The screening begins: nobody waits any longer.
  waits_until timestamptz not null,
  -- Until when a grant is kept for them; null: none yet.
  offered_until timestamptz,
  secret_hash bytea,
  primary key (film_id, id)
);
create unique index grant_wait_once on grant_wait (film_id, screening_id, lower(address));
create index grant_wait_by_turn on grant_wait (film_id, currency, id);
call keep_to_film('grant_wait');

-- What is spent of a gift is the sum of its legs, and how often a code was used the number of its grants, kept by the
-- database. As the owner, because nobody else may write them. A restore brings them back as they stood.
create function count_grant_leg() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update gift set spent = spent + coalesce(new.amount, 0) - coalesce(old.amount, 0)
   where film_id = coalesce(new.film_id, old.film_id) and id = coalesce(new.gift_id, old.gift_id);
  return null;
end $$;
create trigger grant_leg_counted after insert or delete on grant_leg
  for each row when (current_user = 'houselights_program') execute function count_grant_leg();

create function count_grant_code() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update grant_code
     set uses = uses + case when new.id is not null and new.returned_at is null then 1 else 0 end
                     - case when old.id is not null and old.returned_at is null then 1 else 0 end
   where film_id = coalesce(new.film_id, old.film_id) and id = coalesce(new.code_id, old.code_id);
  return null;
end $$;
create trigger grant_code_counted after insert or delete or update of returned_at on "grant"
  for each row when (current_user = 'houselights_program') execute function count_grant_code();

-- Asked when a transaction commits: every grant that stands is paid by gifts, to the cent.
create function assert_grant_is_paid() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  owed bigint;
begin
  select case when returned_at is null then amount else 0 end into owed
    from "grant" where film_id = new.film_id and id = new.id;
  if found and owed <> (select coalesce(sum(amount), 0) from grant_leg
                         where film_id = new.film_id and grant_id = new.id) then
    raise exception 'the grant % is not paid by gifts', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger grant_is_paid after insert or update on "grant"
  deferrable initially deferred for each row execute function assert_grant_is_paid();

-- Participants: who has a share in the film's money, and by which rule.
create table participant (
  film_id uuid not null references film,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  -- The account of what the film owes them.
  account text not null check (account ~ '^payable\.[a-z0-9-]{1,80}$'),
  added_at timestamptz not null,
  primary key (film_id, id),
  unique (film_id, name),
  unique (film_id, account)
);
call keep_to_film('participant');
revoke update, delete on participant from houselights_program;
grant update (name) on participant to houselights_program;

-- Rules are ended, never changed: what was sold under one is reckoned by it for ever.
create table share_rule (
  film_id uuid not null references film,
  id uuid not null,
  participant_id uuid not null,
  base text not null check (base in ('gross', 'net-of-fees', 'net-of-fees-and-tax')),
  -- Of the base, in hundredths of a percent; or so much for each sale that anything remains of.
  points int check (points between 1 and 10000),
  fixed bigint check (fixed between 1 and 1000000000),
  -- null: in every currency that the points are of.
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- What it is a share of: one screening; one channel; both null: the whole film.
  screening_id uuid,
  channel text check (channel ~ '^[a-z-]{1,40}$'),
  -- At most so much in all, in minor units of the currency.
  cap bigint check (cap > 0),
  starts_at timestamptz not null,
  ended_at timestamptz,
  added_at timestamptz not null,
  primary key (film_id, id),
  foreign key (film_id, participant_id) references participant (film_id, id),
  check ((points is null) <> (fixed is null)),
  check ((fixed is null and cap is null) or currency is not null)
);
create index share_rule_of_participant on share_rule (film_id, participant_id, id);
call keep_to_film('share_rule');
revoke update, delete on share_rule from houselights_program;
grant update (ended_at) on share_rule to houselights_program;
