-- The team's side of the box office: notes, search, what was done to an order.

-- What the team wrote down when it sold or gave the places.
alter table "order" add note text not null default '' check (length(note) <= 300);

-- What a search finds an order by: words of its buyer, and a mark of its film, because the index knows no film.
-- Accents and punctuation are nothing to it, as they are nothing to what is asked.
create function order_search(film uuid, buyer_name text, buyer_address text) returns tsvector
  language sql immutable parallel safe set search_path = pg_catalog as $$
    select to_tsvector('simple', 'film' || replace(film::text, '-', '') || ' ' || translate(
      regexp_replace(normalize(buyer_name || ' ' || coalesce(buyer_address, ''), NFKD), U&'[\0300-\036f]', '', 'g'),
      '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~’', repeat(' ', 33)));
  $$;
create index order_search on "order" using gin (order_search(film_id, buyer_name, buyer_address))
  where buyer_name is not null;
create index order_of_code on "order" (film_id, code_id, id) where code_id is not null;

-- Finds the current film's orders: by words of the buyer, by the order's own code, by the code that was used. As the
-- owner, because row-level security lets no text search use its index: the operator could leak. It asks for the
-- current film itself. Of the words it looks through the newest 3,000 orders first, where common ones fill a list at
-- once; only words that are rarer than that go to the index, whose hits are then few enough to sort.
create function find_orders(words text, called text, used_code uuid, most int)
  returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
  asked tsquery := to_tsquery('simple', 'film' || replace(film::text, '-', '') || ' & ' || words);
  found uuid[];
begin
  if words is not null then
    select array(select id from (select id, buyer_name, buyer_address from "order" where film_id = film
                                  order by id desc limit 3000) newest
                  where buyer_name is not null and order_search(film, buyer_name, buyer_address) @@ asked
                  order by id desc limit most) into found;
    if cardinality(found) < most then
      with hit as materialized (select id from "order" where film_id = film and buyer_name is not null
                                   and order_search(film_id, buyer_name, buyer_address) @@ asked)
        select array(select id from hit order by id desc limit most) into found;
    end if;
  end if;
  return query
    select hit.id from (
      select unnest(found) as id
      union select "order".id from "order" where film_id = film and code = called
      union (select "order".id from "order" where film_id = film and code_id = used_code
              order by "order".id desc limit most)) as hit
     order by hit.id desc limit most;
end $$;
revoke execute on function find_orders from public;
grant execute on function find_orders to houselights_program;

-- What was done to one thing.
create index audit_of_subject on audit (film_id, subject, id desc);
