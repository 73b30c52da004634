-- What the database promises, kept against SQL that the program's sessions were never meant to send.

-- Which transaction made a row is the database's to say: who could name it could join a group that stands.
revoke insert on ledger_group, ledger_entry from houselights_program;
grant insert (film_id, id, key, kind, memo, booked_on, posted_at, person_id, person_name, reverses_id)
  on ledger_group to houselights_program;
grant insert (film_id, group_id, line, account_id, amount, currency, booked_on)
  on ledger_entry to houselights_program;

-- Which days are closed, and with what sums, is the closing's alone to write.
revoke insert, update on ledger_close from houselights_program;
revoke insert on ledger_day_total from houselights_program;

-- As text (YYYY-MM-DD) a day has four figures for its year; beyond, nothing that reads the books could read it.
alter table ledger_group add constraint ledger_group_day check (booked_on between '0001-01-01' and '9999-12-31');

-- A transaction that looks at the books as they were when it began does not see that a day closed meanwhile.
create function assert_books_of_now() returns void language plpgsql set search_path = pg_catalog as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the books are written at the isolation read committed' using errcode = 'invalid_transaction_state';
  end if;
end $$;

create or replace function refuse_closed_day() returns trigger language plpgsql set search_path = public, pg_temp as $$
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

-- As the owner, who alone writes what it writes; the film is still the session's.
create or replace function close_ledger_days(through date) returns void
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

-- What runs as the owner never meets a temporary table of the session's first: unnamed, pg_temp is looked in before all.
alter function assert_ledger_group_has_entries() set search_path = public, pg_temp;
alter function assert_ledger_entries_balance() set search_path = public, pg_temp;
alter function find_inquiries set search_path = public, pg_temp;
alter function sweep_audience set search_path = public, pg_temp;
alter function waiting_mails set search_path = public, pg_temp;
