-- What a rush pays for each row and need not: a row for the secret that an order's form carried, and a look at what each
-- row refers to. See docs/decisions/029.

-- The secret of its form opens an order and is its own; those of its mails stand in order_key.
alter table "order" add secret_hash bytea;
update "order" set secret_hash = first.secret_hash
  from (select distinct on (film_id, order_id) film_id, order_id, secret_hash from order_key
         order by film_id, order_id, made_at) as first
 where "order".film_id = first.film_id and "order".id = first.order_id;
delete from order_key using "order"
 where "order".film_id = order_key.film_id and "order".secret_hash = order_key.secret_hash;
alter table "order" alter column secret_hash set not null;
alter table "order" add constraint order_opened_once unique (secret_hash, film_id);

-- References of tables that a rush fills are checked once a statement, for all of its rows together: row by row they
-- took a third of the database's time. What they lead to is never taken away by the program, which has no right to, so
-- that no lock is needed on it; the owner removes whole films, and a restore asks `broken_references`.
create procedure refer_by_statement(child text, child_columns text[], parent text, parent_columns text[])
  language plpgsql as $$
declare
  name text := format('%s_refers_to_%s', child, parent);
  -- Where one of them is null nothing is said.
  is_said text := (select string_agg(format('said.%I is not null', said), ' and ') from unnest(child_columns) as said);
  is_met text := (select string_agg(format('known.%I = said.%I', known, said), ' and ')
                    from unnest(child_columns, parent_columns) as pair(said, known));
  -- Apart, so that each row is looked up by its index whatever the planner believes of the table.
  is_lost text := format('%s and not exists (select from %I as known where known.film_id = said.film_id and %s offset 0)',
                         is_said, parent, is_met);
  refused text := format($refusal$raise exception 'a row of %s refers to what is not there in %s'
                         using errcode = 'foreign_key_violation', constraint = %L$refusal$, child, parent, name);
begin
  execute format('create function %I() returns trigger language plpgsql set search_path = public, pg_temp as
                    $check$ begin if exists (select from made as said where %s) then %s; end if; return null; end $check$',
                 name, is_lost, refused);
  execute format('create trigger %I after insert on %I referencing new table as made
                    for each statement execute function %I()', name, child, name);
  execute format('create function %I() returns trigger language plpgsql set search_path = public, pg_temp as
                    $check$ begin if exists (select from (select new.*) as said where %s) then %s; end if; return null; end
                    $check$', name || '_still', is_lost, refused);
  execute format('create trigger %I after update of film_id, %s on %I for each row execute function %I()',
                 name || '_still', (select string_agg(quote_ident(said), ', ') from unnest(child_columns) as said),
                 child, name || '_still');
  execute format('create function %I() returns bigint language sql stable set search_path = public, pg_temp
                    return (select count(*) from %I as said where %s)', name || '_broken', child, is_lost);
end $$;

-- How many rows refer to what is not there, by reference; for who wrote rows while no trigger looked.
create function broken_references() returns table (reference text, broken bigint)
  language plpgsql stable set search_path = public, pg_temp as $$
begin
  for reference in
    select proname from pg_proc
     where pronamespace = 'public'::regnamespace and proname like '%\_refers\_to\_%\_broken' order by proname
  loop
    execute format('select %I()', reference) into broken;
    return next;
  end loop;
end $$;
revoke execute on function broken_references from public;

alter table "order" drop constraint order_film_id_screening_id_fkey;
call refer_by_statement('order', '{screening_id}', 'screening', '{id}');
alter table order_line drop constraint order_line_film_id_order_id_fkey;
call refer_by_statement('order_line', '{order_id}', 'order', '{id}');
alter table order_line drop constraint order_line_film_id_ticket_type_id_fkey;
call refer_by_statement('order_line', '{ticket_type_id}', 'ticket_type', '{id}');
alter table hold drop constraint hold_film_id_order_id_line_fkey;
call refer_by_statement('hold', '{order_id,line}', 'order_line', '{order_id,line}');
alter table ticket drop constraint ticket_film_id_order_id_line_fkey;
call refer_by_statement('ticket', '{order_id,line}', 'order_line', '{order_id,line}');

-- What they lead to stays, and stays what it is. (A ticket type could never be deleted.)
revoke delete on screening, "order" from houselights_program;
create function keep_key() returns trigger language plpgsql as $$
begin
  raise exception 'what rows of % are known by does not change', tg_table_name using errcode = 'foreign_key_violation';
end $$;
create trigger screening_keeps_key before update of film_id, id on screening for each row
  when ((old.film_id, old.id) is distinct from (new.film_id, new.id)) execute function keep_key();
create trigger order_keeps_key before update of film_id, id on "order" for each row
  when ((old.film_id, old.id) is distinct from (new.film_id, new.id)) execute function keep_key();
create trigger ticket_type_keeps_key before update of film_id, id on ticket_type for each row
  when ((old.film_id, old.id) is distinct from (new.film_id, new.id)) execute function keep_key();
create trigger order_line_keeps_key before update of film_id, order_id, line on order_line for each row
  when ((old.film_id, old.order_id, old.line) is distinct from (new.film_id, new.order_id, new.line))
  execute function keep_key();

-- Lines go where an order says something else before it is confirmed, by whoever holds its row. Nothing may be held for
-- one, and no ticket given.
create function keep_lines_in_use() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from gone where exists (select from hold where hold.film_id = gone.film_id
                and hold.order_id = gone.order_id and hold.line = gone.line offset 0))
     or exists (select from gone where exists (select from ticket where ticket.film_id = gone.film_id
                   and ticket.order_id = gone.order_id and ticket.line = gone.line offset 0)) then
    raise exception 'a line of an order is in use' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger order_line_unused after delete on order_line referencing old table as gone
  for each statement when (current_user = 'houselights_program') execute function keep_lines_in_use();

-- Takes back orders that this very transaction wrote, all of them or none: nobody else has seen them.
create function take_back_orders(ids uuid[]) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
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
              where exists (select from hold where film_id = film and order_id = gone.id offset 0)) then
    raise exception 'an order that holds places stays' using errcode = 'foreign_key_violation';
  end if;
  delete from order_line where film_id = film and order_id = any(own);
  delete from "order" where film_id = film and id = any(own);
end $$;
revoke execute on function take_back_orders from public;
grant execute on function take_back_orders to houselights_program;

-- As before; the secret is the order's own now, and the lines come apart from their orders.
drop function keep_orders;
create function keep_orders(at timestamptz, wanted json, lines json) returns setof uuid
  language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  kept uuid[];
begin
  with said as materialized (
    select id, code, screening, channel, language, referral, promo, currency, total, gift, lapses,
           decode(key, 'hex') as secret
      from json_to_recordset(wanted)
        as said(id uuid, code text, screening uuid, channel text, language text, referral text, promo uuid,
                currency text, total bigint, gift bigint, lapses timestamptz, key text)
  ), written as (
    insert into "order" (film_id, id, code, screening_id, channel, language, referral, code_id, currency, total,
                         gift, made_at, lapses_at, secret_hash)
    select film, id, code, screening, channel, language, referral, promo, currency, total, gift, at, lapses, secret
      from said
     -- What a letter carries opens the order that it is about, and no other.
     where not exists (select from order_key where film_id = film and secret_hash = secret offset 0)
        on conflict (secret_hash, film_id) do nothing returning id
  )
  select coalesce(array_agg(id), '{}') into kept from written;
  insert into order_line (film_id, order_id, line, ticket_type_id, quantity, price, off, granted)
  select film, "order", line, type, quantity, price, off, granted
    from json_to_recordset(lines)
      as line("order" uuid, line smallint, type uuid, quantity int, price bigint, off bigint, granted bigint)
   where "order" = any(kept);
  return query select unnest(kept);
end $$;
revoke execute on function keep_orders from public;
grant execute on function keep_orders to houselights_program;

-- As holds are: what one statement adds is counted at once.
drop trigger code_use_counted on code_use;
create trigger code_use_counted after update of uses, money on code_use
  for each row when (current_user = 'houselights_program') execute function count_code_use();
create function count_code_uses_made() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update code set uses = code.uses + used.uses, money = code.money + used.money
    from (select film_id, code_id, sum(uses)::int as uses, sum(money)::bigint as money
            from made group by film_id, code_id) as used
   where code.film_id = used.film_id and code.id = used.code_id;
  return null;
end $$;
create trigger code_use_made after insert on code_use referencing new table as made
  for each statement when (current_user = 'houselights_program') execute function count_code_uses_made();
create function count_code_uses_gone() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update code set uses = code.uses - used.uses, money = code.money - used.money
    from (select film_id, code_id, sum(uses)::int as uses, sum(money)::bigint as money
            from gone group by film_id, code_id) as used
   where code.film_id = used.film_id and code.id = used.code_id;
  return null;
end $$;
create trigger code_use_gone after delete on code_use referencing old table as gone
  for each statement when (current_user = 'houselights_program') execute function count_code_uses_gone();

-- The orders that secrets open, by their hashes: each looked up in the order itself, and among what letters carry.
create function orders_opened_by(hashes bytea[]) returns table (secret_hash bytea, id uuid, code text)
  language plpgsql stable set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
begin
  return query
    select wanted.hash, found.id, found.code from unnest(hashes) as wanted(hash) cross join lateral (
      select "order".id, "order".code from "order"
       where film_id = film and "order".secret_hash = wanted.hash offset 0) as found
    union all
    select wanted.hash, found.id, found.code from unnest(hashes) as wanted(hash) cross join lateral (
      select order_id from order_key where film_id = film and order_key.secret_hash = wanted.hash offset 0) as opened
      cross join lateral (
      select "order".id, "order".code from "order" where film_id = film and "order".id = opened.order_id offset 0) as found;
end $$;
revoke execute on function orders_opened_by from public;
grant execute on function orders_opened_by to houselights_program;
