-- Which card paid: what is printed on a buyer's statement, and all that a payment provider lets anybody know of it.
alter table charge
  -- In the provider's own word: visa, mastercard, amex.
  add card_brand text check (card_brand ~ '^[a-z0-9_]{1,40}$'),
  -- Its last four figures.
  add card_end text check (card_end ~ '^[0-9]{4}$');
grant update (card_brand, card_end) on charge to houselights_program;
create index charge_by_card on charge (film_id, card_end, order_id) where card_end is not null;

-- Finds the current film's orders as before, and by the last four figures of a card that paid for them.
drop function find_orders(text, text, uuid, int);
create function find_orders(words text, called text, used_code uuid, paid_by text, most int)
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
              order by "order".id desc limit most)
      union (select charge.order_id from charge where film_id = film and card_end = paid_by
              order by charge.order_id desc limit most)) as hit
     order by hit.id desc limit most;
end $$;
revoke execute on function find_orders from public;
grant execute on function find_orders to houselights_program;
