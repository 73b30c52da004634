-- What a sale at a public screening is decided by, by the address that its form is sent to; and a version of what the
-- screening says and sells, so that a process that knows that version reads neither again. A row that was written anew
-- has another place or another transaction.
create function sale_at(at_slug text, at timestamptz)
  returns table (screening_id uuid, version text, open int, hold_minutes int) language plpgsql stable
  set search_path = public, pg_temp as $$
declare
  film uuid := current_film();
begin
  return query
    select ground.screening_id,
           concat_ws(' ', screening.xmin, screening.ctid, venue.xmin, venue.ctid,
                     (select string_agg(concat_ws(' ', ticket_type.xmin, ticket_type.ctid), ' ' order by ticket_type.id)
                        from ticket_type where film_id = film and ticket_type.screening_id = screening.id)),
           ground.open, ground.hold_minutes
      from screening join venue on venue.film_id = film and venue.id = screening.venue_id
           cross join lateral sale_ground(array[screening.id], at) as ground
     where screening.film_id = film and slug = at_slug and not is_private;
end $$;
revoke execute on function sale_at from public;
grant execute on function sale_at to houselights_program;
