-- A gathering's confirmations are a handful of statements too: one for each order had the database read the rules of its
-- table anew for each.

-- Confirms orders, and gives their tickets. Their rows are locked by who asks, so that they stay where they are found.
create or replace function give_tickets(said jsonb, at timestamptz) returns void
  language plpgsql set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
begin
  update "order" set confirmed_at = at, method = one.method, buyer_name = coalesce(buyer_name, one.name),
                     buyer_address = coalesce(buyer_address, one.address)
    from jsonb_to_recordset(said) as one("order" uuid, method text, name text, address text)
         cross join lateral (select ctid as place from "order" where film_id = film and id = one."order" offset 0) as found
   where "order".ctid = found.place;
  insert into ticket (film_id, id, order_id, line, number, screening_id, ticket_type_id, guest_name, issued_at)
  select film, each.id, it."order", each.line, each.number, "order".screening_id, each.type, each.guest, at
    from jsonb_to_recordset(said) as it("order" uuid, tickets jsonb)
         cross join lateral (select screening_id from "order" where film_id = film and id = it."order" offset 0) as "order"
         cross join lateral jsonb_to_recordset(it.tickets)
           as each(id uuid, line smallint, number int, type uuid, guest text);
end $$;

-- The same words by the same rule: in SQL it was planned anew for each row of its index.
create or replace function order_search(film uuid, buyer_name text, buyer_address text) returns tsvector
  language plpgsql immutable parallel safe set search_path = pg_catalog as $$
begin
  return to_tsvector('simple', 'film' || replace(film::text, '-', '') || ' ' || translate(
      regexp_replace(normalize(buyer_name || ' ' || coalesce(buyer_address, ''), NFKD), U&'[\0300-\036f]', '', 'g'),
      '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~’', repeat(' ', 33)));
end $$;
