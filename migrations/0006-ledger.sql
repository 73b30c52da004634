-- The books: double entry, append-only. What was posted is never changed, only reversed by a further group.

-- Where money is, comes from, goes to, or is owed. Opened when it is first used.
create table ledger_account (
  film_id uuid not null references film,
  id uuid not null,
  -- What the program calls it: 'bank', 'income.tickets', 'payable.<participant>'.
  code text not null check (code ~ '^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$' and length(code) <= 120),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
  opened_at timestamptz not null,
  primary key (film_id, id),
  unique (film_id, code)
);
call keep_to_film('ledger_account');
revoke update, delete on ledger_account from houselights_program;

-- One fact of money, told once: the key says which fact it is.
create table ledger_group (
  film_id uuid not null references film,
  id uuid not null,
  key text not null check (length(key) between 1 and 200),
  -- order, fee, grant, refund, payout, manual, reversal …
  kind text not null check (kind ~ '^[a-z][a-z-]{0,39}$'),
  memo text not null default '' check (length(memo) <= 500),
  -- The day that the books know it under, in the film's own zone.
  -- As text (YYYY-MM-DD) a day has four figures for its year; beyond, nothing that reads the books could read it.
  booked_on date not null constraint ledger_group_day check (booked_on between '0001-01-01' and '9999-12-31'),
  posted_at timestamptz not null,
  -- null: a job or a provider's event.
  person_id text,
  person_name text not null,
  -- The group that this one takes back; a group is taken back once.
  reverses_id uuid,
  -- The transaction that made it: entries join a group in that one and in no other.
  made_in xid8 not null default pg_current_xact_id(),
  primary key (film_id, id),
  unique (film_id, key),
  unique (film_id, reverses_id),
  unique (film_id, id, booked_on, made_in),
  foreign key (film_id, reverses_id) references ledger_group (film_id, id),
  check (reverses_id is null or reverses_id <> id),
  check ((kind = 'reversal') = (reverses_id is not null))
);
-- The journal, the newest first.
create index ledger_group_newest on ledger_group (film_id, booked_on desc, id desc);
call keep_to_film('ledger_group');
-- Which transaction made a row is the database's to say: who could name it could join a group that stands.
revoke insert, update, delete on ledger_group from houselights_program;
grant insert (film_id, id, key, kind, memo, booked_on, posted_at, person_id, person_name, reverses_id)
  on ledger_group to houselights_program;

-- One line of a group. Debit is positive, credit negative; minor units of the currency.
create table ledger_entry (
  film_id uuid not null references film,
  group_id uuid not null,
  line smallint not null check (line > 0),
  account_id uuid not null,
  -- A thousand billion is no film's, and leaves room for sums that a safe integer holds.
  amount bigint not null check (amount <> 0 and amount between -1000000000000 and 1000000000000),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- As its group's: an account is read by day without its groups.
  booked_on date not null,
  made_in xid8 not null default pg_current_xact_id(),
  primary key (film_id, group_id, line),
  foreign key (film_id, group_id, booked_on, made_in) references ledger_group (film_id, id, booked_on, made_in),
  foreign key (film_id, account_id) references ledger_account (film_id, id)
);
create index ledger_entry_of_account on ledger_entry (film_id, account_id, booked_on, group_id);
create index ledger_entry_by_day on ledger_entry (film_id, booked_on);
call keep_to_film('ledger_entry');
revoke insert, update, delete on ledger_entry from houselights_program;
grant insert (film_id, group_id, line, account_id, amount, currency, booked_on)
  on ledger_entry to houselights_program;

-- Asked when a transaction commits: every group that it made has entries, and they sum to zero in each currency.
-- As the owner, who sees every film, so that no setting of the session can look away; and with temporary tables last,
-- which are otherwise looked in before all.
create function assert_ledger_group_has_entries() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select count(*) from ledger_entry where film_id = new.film_id and group_id = new.id) < 2 then
    raise exception 'the group % has fewer than two entries', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_group_has_entries after insert on ledger_group
  deferrable initially deferred for each row execute function assert_ledger_group_has_entries();

create function assert_ledger_entries_balance() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from ledger_entry where film_id = new.film_id and group_id = new.group_id
              group by currency having sum(amount) <> 0) then
    raise exception 'the group % does not sum to zero', new.group_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_entries_balance after insert on ledger_entry
  deferrable initially deferred for each row execute function assert_ledger_entries_balance();

-- Through which day a film's books are closed. Nothing is booked on a closed day any more, so its totals stand.
create table ledger_close (
  film_id uuid primary key references film,
  closed_through date not null
);
call keep_to_film('ledger_close');
-- Which days are closed, and with what sums, is the closing's alone to write.
revoke insert, update, delete on ledger_close from houselights_program;

-- A closed day's sums, an account and a currency a row: what ten million entries are read by.
create table ledger_day_total (
  film_id uuid not null references film,
  account_id uuid not null,
  currency text not null,
  day date not null,
  debit bigint not null check (debit >= 0),
  credit bigint not null check (credit >= 0),
  primary key (film_id, account_id, currency, day),
  foreign key (film_id, account_id) references ledger_account (film_id, id)
);
call keep_to_film('ledger_day_total');
revoke insert, update, delete on ledger_day_total from houselights_program;

-- A transaction that looks at the books as they were when it began does not see that a day closed meanwhile.
create function assert_books_of_now() returns void language plpgsql set search_path = pg_catalog as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the books are written at the isolation read committed' using errcode = 'invalid_transaction_state';
  end if;
end $$;

-- Whoever posts holds the books open for as long as its transaction runs; closing a day waits for them all, and then
-- nobody posts to it. The lock is the film's own number, shared by those who post.
create function refuse_closed_day() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform assert_books_of_now();
  perform pg_advisory_xact_lock_shared(hashtextextended('ledger ' || new.film_id::text, 0));
  -- A group that stands already is no new one: the insert meets it and does nothing.
  if exists (select from ledger_close where film_id = new.film_id and closed_through >= new.booked_on)
     and not exists (select from ledger_group where film_id = new.film_id and key = new.key) then
    raise exception 'the books are closed through this day' using errcode = 'HL001';
  end if;
  return new;
end $$;

-- A restore brings closed days back, as the owner.
create trigger ledger_group_on_open_day before insert on ledger_group
  for each row when (current_user = 'houselights_program') execute function refuse_closed_day();

-- Closes a film's days through one: sums what was booked on them, once. As the owner, who alone writes what it
-- writes; the film is still the session's.
create function close_ledger_days(through date) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  before date;
begin
  perform assert_books_of_now();
  perform pg_advisory_xact_lock(hashtextextended('ledger ' || film::text, 0));
  select closed_through into before from ledger_close where film_id = film;
  if before >= through then return; end if;
  insert into ledger_day_total (film_id, account_id, currency, day, debit, credit)
    select film_id, account_id, currency, booked_on,
           coalesce(sum(amount) filter (where amount > 0), 0), coalesce(-sum(amount) filter (where amount < 0), 0)
      from ledger_entry
     where film_id = film and booked_on <= through and (before is null or booked_on > before)
     group by film_id, account_id, currency, booked_on;
  insert into ledger_close (film_id, closed_through) values (film, through)
    on conflict (film_id) do update set closed_through = excluded.closed_through;
end $$;
revoke execute on function close_ledger_days from public;
grant execute on function close_ledger_days to houselights_program;
