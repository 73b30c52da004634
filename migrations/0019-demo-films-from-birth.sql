-- A film is a demo from the row with which it begins, or never: the program gives the mark in that insert alone, and
-- has no right to change it afterwards.
alter table film add is_demo boolean not null default false;
update film set is_demo = true where id in (select film_id from demo_film);
revoke update, delete on film from houselights_program;
grant update (slug, is_front) on film to houselights_program;

-- Which transaction last touched a film says nothing of when it was made: any update would do.
create or replace function assert_film_is_new() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from film where id = new.film_id and is_demo) then
    raise exception 'only a film that was made as a demo can be one' using errcode = 'HL016';
  end if;
  return new;
end $$;
alter function assert_film_is_new() rename to assert_film_is_demo;
alter trigger demo_film_is_new on demo_film rename to demo_film_is_demo;
