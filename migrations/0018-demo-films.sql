-- Films that `demo` made, for trying things out. Nothing of them is ever sent to anybody, and they alone can be removed.

create table demo_film (
  film_id uuid primary key references film,
  -- What its season was drawn from; null where it has none.
  seed bigint check (seed between 0 and 4294967295),
  begun_at timestamptz not null,
  -- null: it is being made, in a transaction of its own that nobody else sees.
  made_at timestamptz
);
call keep_to_film('demo_film');
revoke update, delete on demo_film from houselights_program;
grant update (made_at) on demo_film to houselights_program;

-- A film is a demo from the moment at which it is made, or never: no mistake makes a real one removable.
create function assert_film_is_new() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from film where id = new.film_id
                    and xmin::text::bigint = mod(pg_current_xact_id()::text::bigint, 4294967296)) then
    raise exception 'only a film that is made in this transaction can be a demo' using errcode = 'HL016';
  end if;
  return new;
end $$;
-- A restore brings the marks back, as the owner.
create trigger demo_film_is_new before insert on demo_film
  for each row when (current_user = 'houselights_program') execute function assert_film_is_new();

create function is_demo_film(film uuid) returns boolean language sql stable set search_path = public, pg_temp as $$
  select exists (select from demo_film where film_id = film);
$$;

-- Behind every way to a mail server stands the note that it is about to be asked: of a demo film there is none.
create function refuse_demo_mail() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if is_demo_film(new.film_id) then
    raise exception 'a demo film writes to nobody' using errcode = 'HL017';
  end if;
  return new;
end $$;
create trigger mail_of_demo_stays before update of trying_since on mail
  for each row when (old.trying_since is null and new.trying_since is not null) execute function refuse_demo_mail();

create or replace function waiting_mails(written_after timestamptz, written_before timestamptz)
  returns table (film_id uuid, id uuid)
  language sql stable security definer set search_path = public, pg_temp as $$
    select film_id, id from mail
     where sent_at is null and given_up_at is null and trying_since is null and tries = 0
       and written_at between written_after and written_before
       and film_id not in (select film_id from demo_film)
     order by written_at limit 1000;
  $$;

-- While a demo film is being made, what would follow from each of its facts is left out: thousands of letters that
-- nobody would get, and papers drawn for them. What is done to it afterwards is followed as in any film.
create function is_being_made() returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from demo_film where film_id = current_film() and made_at is null);
  $$;

create or replace function add_job(job_name text, payload json, run_at timestamptz, job_key text) returns void
  language sql security definer set search_path = pg_catalog as $$
    select graphile_worker.add_job(job_name, payload, run_at => run_at, job_key => job_key,
                                   max_attempts => 20, job_key_mode => 'preserve_run_at')
     where not public.is_being_made();
  $$;

create or replace function add_jobs(job_name text, jobs json) returns void
  language sql security definer set search_path = pg_catalog as $$
    select graphile_worker.add_jobs(array(
             select row(job_name, job->'payload', null, null, 20, job->>'key', null, null)::graphile_worker.job_spec
               from json_array_elements(jobs) as job), true)
     where not public.is_being_made();
  $$;

-- A season is made in one transaction, of whose rows nobody else knows yet how many there are: the planner is told, or
-- would look for each of them through all of them.
create function learn_demo_sizes() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not is_being_made() then return; end if;
  analyze "order", order_line, order_key, hold, ticket, charge, sandbox_payment, ledger_group, ledger_entry, gift,
          "grant", grant_leg, scan, screening, ticket_type, audit;
end $$;
revoke execute on function learn_demo_sizes from public;
grant execute on function learn_demo_sizes to houselights_program;
