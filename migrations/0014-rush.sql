-- A rush fills these tables by the thousand within seconds, long before the database gathers statistics of them; and of
-- a film that came after the last time it believes that it has no rows. To a planner that believes in few rows any
-- index that begins with the film looks as good as the right one, and it then reads the whole film for each order.
-- So the film comes first in their keys alone and second in every other index, it has no statistics that could mislead,
-- and nobody takes stock while a table is so small that reading all of it seems cheap. See docs/decisions/028.
alter table "order" alter column film_id set statistics 0,
  set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);
alter table order_key alter column film_id set statistics 0,
  set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);
alter table order_line alter column film_id set statistics 0,
  set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);
alter table hold alter column film_id set statistics 0,
  set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);
alter table ticket alter column film_id set statistics 0,
  set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);
alter table code_use alter column film_id set statistics 0,
  set (autovacuum_analyze_threshold = 1000, autovacuum_vacuum_threshold = 1000);

alter table "order" drop constraint order_film_id_code_key;
alter table "order" add constraint order_called_once unique (code, film_id);
drop index order_of_screening;
create index order_of_screening on "order" (screening_id, film_id, id);
drop index order_key_of_order;
create index order_key_of_order on order_key (order_id, film_id);
drop index hold_by_end;
create index hold_by_end on hold (screening_id, film_id, expires_at) include (places);
drop index hold_of_order;
create index hold_of_order on hold (order_id, film_id) where order_id is not null;
drop index hold_of_type;
create index hold_of_type on hold (ticket_type_id, film_id, expires_at) include (places)
  where ticket_type_id is not null;
alter table ticket drop constraint ticket_film_id_order_id_number_key;
alter table ticket add constraint ticket_numbered_once unique (order_id, film_id, number);
drop index ticket_of_screening;
create index ticket_of_screening on ticket (screening_id, film_id, id);
drop index code_use_by_end;
create index code_use_by_end on code_use (code_id, film_id, expires_at);
drop index code_use_of_order;
create index code_use_of_order on code_use (order_id, film_id);

-- What each order's references are checked against. Of indexes that look alike the newest is taken: here that is one by
-- the id alone, where a film's few rows would otherwise be gone through for each order.
drop index ticket_type_of_screening;
create index ticket_type_of_screening on ticket_type (screening_id, film_id, position);
alter table code drop constraint code_film_id_word_key;
alter table code add constraint code_named_once unique (word, film_id);
create unique index screening_found on screening (id, film_id);

-- That a hold has a capacity is known where it is counted, in the same statement; no need to look for it once a row.
alter table hold drop constraint hold_film_id_screening_id_fkey;
create or replace function count_holds_made() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  counted int;
begin
  update capacity set taken = capacity.taken + held.places
    from (select film_id, screening_id, sum(places)::int as places from made group by film_id, screening_id) as held
   where capacity.film_id = held.film_id and capacity.screening_id = held.screening_id;
  get diagnostics counted = row_count;
  if counted < (select count(*) from (select distinct film_id, screening_id from made) as houses) then
    raise exception 'a hold in a house without places' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

-- What a gathering of buyers does is a handful of statements, each planned once a session.

-- What a sale is decided by before any lock: what anybody may take now of each screening, which is places that are free
-- and promised to nobody who waits, and how long the film sets them aside. Nothing but the few holds that ran out, and
-- the line, is counted for it.
create function sale_ground(of_screenings uuid[], at timestamptz)
  returns table (screening_id uuid, open int, hold_minutes int) language plpgsql stable
  set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
begin
  return query
    select capacity.screening_id, greatest(0, places - taken + coalesce((
             select sum(hold.places) from hold
              where hold.film_id = film and hold.screening_id = capacity.screening_id and expires_at <= at), 0)
           - coalesce((
             select sum(wait_entry.places) from wait_entry
              where wait_entry.film_id = film and wait_entry.screening_id = capacity.screening_id
                and offered_at is null and left_at is null), 0))::int,
           (select box_office.hold_minutes::int from box_office where box_office.film_id = film)
      from capacity where film_id = film and capacity.screening_id = any(of_screenings);
end $$;

-- Writes orders, the secrets that open them, and their lines. Where a secret opens an order already, that one stands
-- and there is none of ours. Says which were written.
create function keep_orders(at timestamptz, wanted jsonb) returns setof uuid
  language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  kept uuid[];
begin
  with said as materialized (
    select * from jsonb_to_recordset(wanted)
      as said(id uuid, code text, screening uuid, channel text, language text, referral text, promo uuid,
              currency text, total bigint, gift bigint, lapses timestamptz, key text)
  ), written as (
    insert into "order" (film_id, id, code, screening_id, channel, language, referral, code_id, currency, total,
                         gift, made_at, lapses_at)
    select film, id, code, screening, channel, language, referral, promo, currency, total, gift, at, lapses from said
  ), opened as (
    insert into order_key (film_id, secret_hash, order_id, made_at)
    select film, decode(key, 'hex'), id, at from said
      on conflict do nothing returning order_id
  )
  select coalesce(array_agg(order_id), '{}') into kept from opened;
  if cardinality(kept) < jsonb_array_length(wanted) then
    delete from "order" where film_id = film and id in (
      select (said->>'id')::uuid from jsonb_array_elements(wanted) as said
       where (said->>'id')::uuid <> all(kept));
  end if;
  insert into order_line (film_id, order_id, line, ticket_type_id, quantity, price, off, granted)
  select film, said.id, line.line, line.type, line.quantity, line.price, line.off, line.granted
    from jsonb_to_recordset(wanted) as said(id uuid, lines jsonb),
         jsonb_to_recordset(said.lines)
           as line(line smallint, type uuid, quantity int, price bigint, off bigint, granted bigint)
   where said.id = any(kept);
  return query select unnest(kept);
end $$;

-- Locks codes in the order of their ids, gives back what lapsed orders had of them, and says what is left of each.
create function lock_codes(ids uuid[], at timestamptz)
  returns table (id uuid, uses_left bigint, money_left bigint)
  language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
begin
  perform from code where film_id = film and code.id = any(ids) order by code.id for no key update;
  delete from code_use where film_id = film and code_id = any(ids) and expires_at <= at;
  return query select code.id, (uses_max - uses)::bigint, money_max - money
                 from code where film_id = film and code.id = any(ids);
end $$;

-- As before, and with a short way: where there is room for all who ask, nobody has to be asked in turn. It is told
-- lines, each with the number of whose it is, and says who got nothing.
drop function take_places;
create function take_places(of_screening uuid, at timestamptz, wanted jsonb)
  returns table (refused int, places_left int) language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  free int;
  waiting int;
  offered int;
  -- By type, where a type has places of its own: how many are left of them. null where none has.
  left_by_type jsonb;
  want record;
  nothing int[] := '{}';
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
  if left_by_type is null and not jsonb_path_exists(wanted, '$[*].offer')
     and free - waiting >= (select sum(places) from jsonb_to_recordset(wanted) as line(places int)) then
    select free - sum(places) into free from jsonb_to_recordset(wanted) as line(places int);
  else
    for want in
      select who, bool_or(ahead) as is_ahead, min(offer::text)::uuid as offer, sum(places) as needs,
             jsonb_agg(jsonb_build_object('type', type, 'places', places)) as lines
        from jsonb_to_recordset(wanted) as line(who int, ahead boolean, offer uuid, type uuid, places int)
       group by who order by who
    loop
      select coalesce(sum(places), 0) into offered from hold
       where want.offer is not null and film_id = film and id = want.offer and screening_id = of_screening
         and order_id is null and expires_at > at;
      -- An offer is good once, for the places that were offered and no more.
      -- Two lines of one type draw on the same places.
      if want.needs > (case when want.offer is not null then offered when want.is_ahead then free
                            else greatest(free - waiting, 0) end)
         or exists (select from jsonb_to_recordset(want.lines) as line(type text, places int)
                     group by type having sum(places) > (left_by_type->>type)::int) then
        nothing := nothing || want.who;
        continue;
      end if;
      select jsonb_object_agg(key, value::int - coalesce((select sum(places)
               from jsonb_to_recordset(want.lines) as line(type text, places int) where type = key), 0))
        into left_by_type from jsonb_each_text(left_by_type);
      if offered > 0 then
        delete from hold where film_id = film and id = want.offer;
      end if;
      free := free + offered - want.needs;
    end loop;
  end if;
  insert into hold (film_id, id, screening_id, order_id, line, ticket_type_id, places, made_at, expires_at, note)
    select film, hold, of_screening, "order", line, type, places, at, expires, coalesce(note, '')
      from jsonb_to_recordset(wanted)
        as line(who int, hold uuid, "order" uuid, line smallint, type uuid, places int, expires timestamptz, note text)
     where who <> all(nothing);
  return query select unnest(nothing), free;
  return query select null::int, free;
end $$;

-- Keeps for good what is held for orders, if it still is: their places, and of those that have one the uses of their
-- code. Both or neither: whose code went to somebody else has no place either. Says whose.
create function keep_for_good(orders uuid[], coded uuid[], at timestamptz) returns setof uuid
  language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  one uuid;
begin
  foreach one in array orders loop
    if one = any(coded) then
      perform from code_use where film_id = film and order_id = one for update;
      continue when not found;
    end if;
    update hold set expires_at = null where film_id = film and order_id = one and expires_at > at;
    continue when not found;
    if one = any(coded) then
      update code_use set expires_at = null where film_id = film and order_id = one;
    end if;
    return next one;
  end loop;
end $$;

-- Confirms orders, and gives their tickets.
create function give_tickets(said jsonb, at timestamptz) returns void
  language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  one record;
begin
  for one in select * from jsonb_to_recordset(said) as it("order" uuid, method text, name text, address text) loop
    update "order" set confirmed_at = at, method = one.method, buyer_name = coalesce(buyer_name, one.name),
                       buyer_address = coalesce(buyer_address, one.address)
     where film_id = film and id = one."order";
  end loop;
  insert into ticket (film_id, id, order_id, line, number, screening_id, ticket_type_id, guest_name, issued_at)
  select film, each.id, it."order", each.line, each.number, "order".screening_id, each.type, each.guest, at
    from jsonb_to_recordset(said) as it("order" uuid, tickets jsonb)
         cross join lateral (select screening_id from "order" where film_id = film and id = it."order" offset 0) as "order"
         cross join lateral jsonb_to_recordset(it.tickets)
           as each(id uuid, line smallint, number int, type uuid, guest text);
end $$;

revoke execute on function sale_ground, keep_orders, lock_codes, take_places, keep_for_good, give_tickets from public;
grant execute on function sale_ground, keep_orders, lock_codes, take_places, keep_for_good, give_tickets to houselights_program;
