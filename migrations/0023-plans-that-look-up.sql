-- A session keeps the plans of what functions and references do. One that was made while a table was known to be empty
-- (its film was removed, and the database took stock) would read all of it for each row, twenty thousand rows later
-- too. What reads the tables that a rush fills looks their rows up from the first. See docs/decisions/031.
do $$
declare
  each regprocedure;
begin
  foreach each in array '{
    "sale_at(text,timestamptz)", "sale_ground(uuid[],timestamptz)", "orders_opened_by(bytea[])",
    "keep_orders(timestamptz,json,json)", "take_places(uuid,timestamptz,jsonb)",
    "lock_codes(uuid[],timestamptz)", "keep_for_good(uuid[],uuid[],timestamptz)", "give_tickets(jsonb,timestamptz)",
    count_holds_made(), count_holds_given_back(), count_hold_changed(),
    count_code_use(), count_code_uses_made(), count_code_uses_gone(), keep_lines_in_use(),
    order_refers_to_screening(), order_refers_to_screening_still(),
    order_line_refers_to_order(), order_line_refers_to_order_still(),
    order_line_refers_to_ticket_type(), order_line_refers_to_ticket_type_still(),
    hold_refers_to_order_line(), hold_refers_to_order_line_still(),
    ticket_refers_to_order_line(), ticket_refers_to_order_line_still()}'::regprocedure[]
  loop
    execute format('alter function %s set enable_seqscan = off', each);
  end loop;
end $$;

-- As before, and what is made looks its rows up.
create or replace procedure refer_by_statement(child text, child_columns text[], parent text, parent_columns text[])
  language plpgsql as $$
declare
  name text := format('%s_refers_to_%s', child, parent);
  -- Where one of them is null nothing is said.
  is_said text := (select string_agg(format('said.%I is not null', said), ' and ') from unnest(child_columns) as said);
  is_met text := (select string_agg(format('known.%I = said.%I', known, said), ' and ')
                    from unnest(child_columns, parent_columns) as pair(said, known));
  -- Apart, so that no plan reads the parents for all rows together.
  is_lost text := format('%s and not exists (select from %I as known where known.film_id = said.film_id and %s offset 0)',
                         is_said, parent, is_met);
  refused text := format($refusal$raise exception 'a row of %s refers to what is not there in %s'
                         using errcode = 'foreign_key_violation', constraint = %L$refusal$, child, parent, name);
begin
  execute format('create function %I() returns trigger language plpgsql set search_path = public, pg_temp
                    set enable_seqscan = off as
                    $check$ begin if exists (select from made as said where %s) then %s; end if; return null; end $check$',
                 name, is_lost, refused);
  execute format('create trigger %I after insert on %I referencing new table as made
                    for each statement execute function %I()', name, child, name);
  execute format('create function %I() returns trigger language plpgsql set search_path = public, pg_temp
                    set enable_seqscan = off as
                    $check$ begin if exists (select from (select new.*) as said where %s) then %s; end if; return null; end
                    $check$', name || '_still', is_lost, refused);
  execute format('create trigger %I after update of film_id, %s on %I for each row execute function %I()',
                 name || '_still', (select string_agg(quote_ident(said), ', ') from unnest(child_columns) as said),
                 child, name || '_still');
  execute format('create function %I() returns bigint language sql stable set search_path = public, pg_temp
                    return (select count(*) from %I as said where %s)', name || '_broken', child, is_lost);
end $$;

-- Every tenth order of a rush has a code; what its use refers to is checked a statement at a time too.
alter table code_use drop constraint code_use_film_id_order_id_fkey;
call refer_by_statement('code_use', '{order_id}', 'order', '{id}');

-- As before; an order that a code was used for stays too.
create or replace function take_back_orders(ids uuid[]) returns void
  language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  film uuid := current_film();
  own uuid[];
begin
  select coalesce(array_agg("order".id), '{}') into own from unnest(ids) as wanted(id) cross join lateral (
    select "order".id from "order" where film_id = film and "order".id = wanted.id
       and xmin = pg_current_xact_id()::xid offset 0) as "order";
  if cardinality(own) < cardinality(ids) then
    raise exception 'an order of another transaction stays' using errcode = 'foreign_key_violation';
  end if;
  if exists (select from unnest(own) as gone(id)
              where exists (select from hold where film_id = film and order_id = gone.id offset 0)
                 or exists (select from code_use where film_id = film and order_id = gone.id offset 0)) then
    raise exception 'an order that stands for something stays' using errcode = 'foreign_key_violation';
  end if;
  delete from order_line where film_id = film and order_id = any(own);
  delete from "order" where film_id = film and id = any(own);
end $$;

-- To a planner that knows a table to be nearly empty any index that has one of the columns asked for is as good as the
-- right one, and a session keeps that plan too. Nothing known is the better guess then. PostgreSQL can forget from 18 on.
create function forget_small_sizes() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  small name;
begin
  if current_setting('server_version_num')::int < 180000 then return; end if;
  for small in
    select relname from pg_class
     where relnamespace = 'public'::regnamespace and reltuples between 0 and 200
       and relname in ('order', 'order_key', 'order_line', 'hold', 'ticket', 'code_use', 'charge', 'ledger_group',
                       'ledger_entry', 'gift', 'grant', 'grant_leg', 'scan')
  loop
    perform pg_clear_relation_stats('public', small);
  end loop;
end $$;
revoke execute on function forget_small_sizes from public;
grant execute on function forget_small_sizes to houselights_program;

-- As before, of two statements for all orders without a code. The first looks their holds up and locks them, and says
-- where their rows stand by then; the second sees them there, also those that somebody wrote anew meanwhile.
create or replace function keep_for_good(orders uuid[], coded uuid[], at timestamptz) returns setof uuid
  language plpgsql set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  film uuid := current_film();
  spots tid[];
  one uuid;
begin
  spots := array(
    select found.spot from unnest(orders) as wanted(id) cross join lateral (
      select ctid as spot from hold
       where film_id = film and order_id = wanted.id and expires_at > at for no key update offset 0) as found
     where wanted.id <> all(coded));
  return query
    with kept as (update hold set expires_at = null where ctid = any(spots) returning order_id)
    select distinct order_id from kept;
  foreach one in array coded loop
    perform from code_use where film_id = film and order_id = one for update;
    continue when not found;
    update hold set expires_at = null where film_id = film and order_id = one and expires_at > at;
    continue when not found;
    update code_use set expires_at = null where film_id = film and order_id = one;
    return next one;
  end loop;
end $$;
