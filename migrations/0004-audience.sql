-- What people write to a film, and what they agreed to.

-- A person known by one address. The address is as `normalAddress` makes it, so that two spellings are one row.
create table contact (
  film_id uuid not null references film,
  id uuid not null,
  address text not null check (address = lower(address) and length(address) <= 254),
  -- The newest name they gave; the inquiries keep each as it was written.
  name text not null default '' check (length(name) <= 200),
  language text not null check (length(language) <= 35),
  made_at timestamptz not null,
  primary key (film_id, id),
  unique (film_id, address)
);
call keep_to_film('contact');

-- One filled form.
create table inquiry (
  film_id uuid not null references film,
  id uuid not null,
  -- What people read out to each other; not a secret.
  code text not null,
  form text not null check (form ~ '^[a-z][a-z0-9-]{0,39}$'),
  form_title text not null,
  language text not null check (length(language) <= 35),
  contact_id uuid not null,
  name text not null check (length(name) <= 200),
  address text not null check (length(address) <= 254),
  -- [{"name", "label", "kind", "value", "shown"}]: everything they wrote, under the labels that they saw.
  answers jsonb not null,
  -- The page it was sent from, absolute.
  page text not null check (length(page) <= 2000),
  -- One submission is one row: made from film, form and words, so that a double click or a second post is this row.
  content_key bytea not null,
  -- Keyed with a key of the day; says whether two came from one place on one day, never from where.
  network_hash bytea,
  state text not null default 'new' check (state in ('new', 'open', 'answered', 'closed', 'spam')),
  -- Grows with each change by the team: whoever changes what another has changed meanwhile is told.
  version int not null default 1 check (version > 0),
  assigned_to text,
  assigned_name text,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  search tsvector not null,
  primary key (film_id, id),
  unique (film_id, code),
  unique (film_id, content_key),
  foreign key (film_id, contact_id) references contact (film_id, id),
  check ((assigned_to is null) = (assigned_name is null))
);
call keep_to_film('inquiry');
-- The inbox reads newest first, within a state, a form or a person's own; each has its order ready (all: the key).
create index inquiry_by_state on inquiry (film_id, state, id desc);
create index inquiry_waiting on inquiry (film_id, id desc) where state in ('new', 'open');
create index inquiry_by_form on inquiry (film_id, form, id desc);
create index inquiry_by_person on inquiry (film_id, assigned_to, id desc) where assigned_to is not null;
create index inquiry_by_contact on inquiry (film_id, contact_id, id desc);
create index inquiry_search on inquiry using gin (search);

-- What a search finds an inquiry by: its words, and a mark of its film, because the index knows no film.
create function inquiry_search(film uuid, words text) returns tsvector
  language sql immutable parallel safe set search_path = pg_catalog as $$
    select to_tsvector('simple', 'film' || replace(film::text, '-', '') || ' ' || words);
  $$;

-- Searches the current film's inquiries. As the owner, because row-level security lets no text search use its
-- index: the operator could leak. It asks for the current film itself.
-- Looks through the nearest 3,000 first, where common words fill a page at once; only words that are rarer than
-- that go to the index, whose hits are then few enough to sort.
create function find_inquiries(
    words text, wanted_states text[], wanted_form text, wanted_person text, from_id uuid, is_newer boolean, most int)
  returns setof uuid language plpgsql stable security definer set search_path = public as $$
declare
  asked tsquery := to_tsquery('simple', 'film' || replace(current_film()::text, '-', '') || ' & ' || words);
  runs text := case when is_newer then 'asc' else 'desc' end;
  -- One state, or what waits, has an index in the list's order; several at once have not.
  stands text := case
    when wanted_states = array['new', 'open'] then $s$state in ('new', 'open') and $2 is not null$s$
    when cardinality(wanted_states) = 1 then 'state = ($2)[1]'
    else '($2 is null or state = any ($2))' end;
  fits text := format(
    'film_id = $1 and %s and ($3 is null or form = $3)
     and ($4 is null or coalesce(assigned_to, %L) = $4) and ($5 is null or id %s $5)',
    stands, '', case when is_newer then '>' else '<' end);
  found uuid[];
begin
  execute format(
      'select array(select id from (select id, search from inquiry where %s order by id %s limit 3000) nearest
                     where search @@ $6 order by id %s limit $7)', fits, runs, runs)
    into found using current_film(), wanted_states, wanted_form, wanted_person, from_id, asked, most;
  if cardinality(found) < most then
    execute format(
        'with hit as materialized (select id from inquiry where %s and search @@ $6)
         select array(select id from hit order by id %s limit $7)', fits, runs)
      into found using current_film(), wanted_states, wanted_form, wanted_person, from_id, asked, most;
  end if;
  return query select unnest(found);
end $$;
revoke execute on function find_inquiries from public;
grant execute on function find_inquiries to houselights_program;

-- What the team wrote about an inquiry: to the person (reply) or to each other (note).
create table inquiry_entry (
  film_id uuid not null references film,
  id uuid not null,
  inquiry_id uuid not null,
  kind text not null check (kind in ('reply', 'note')),
  body text not null check (length(body) between 1 and 20000),
  person_id text,
  person_name text not null,
  at timestamptz not null,
  primary key (film_id, id),
  foreign key (film_id, inquiry_id) references inquiry (film_id, id) on delete cascade
);
create index inquiry_entry_thread on inquiry_entry (film_id, inquiry_id, id);
call keep_to_film('inquiry_entry');
revoke update on inquiry_entry from houselights_program;

-- Each thing a person agreed to or took back, with the words that they saw. Rows are only ever added.
create table consent (
  film_id uuid not null references film,
  id uuid not null,
  contact_id uuid not null,
  purpose text not null check (purpose in ('newsletter')),
  -- To whom it was given: the film's title as it was shown.
  organisation text not null check (length(organisation) <= 300),
  -- asked: the form was sent. given: the link in the mail was confirmed. withdrawn: they took it back.
  step text not null check (step in ('asked', 'given', 'withdrawn')),
  wording text not null check (length(wording) <= 4000),
  language text not null check (length(language) <= 35),
  page text not null check (length(page) <= 2000),
  network_hash bytea,
  at timestamptz not null,
  primary key (film_id, id),
  foreign key (film_id, contact_id) references contact (film_id, id)
);
create index consent_newest on consent (film_id, contact_id, purpose, id desc);
call keep_to_film('consent');
revoke update, delete on consent from houselights_program;

-- How a contact stands with one purpose: at most one open question, and whether mail may be sent.
create table subscription (
  film_id uuid not null references film,
  contact_id uuid not null,
  purpose text not null check (purpose in ('newsletter')),
  -- The newest question, by mail; its secret is kept hashed.
  opt_in_id uuid,
  secret_hash bytea,
  asked_at timestamptz,
  expires_at timestamptz,
  -- The site's address, with its language, which the link in the mail leads to.
  site text not null check (length(site) <= 1000),
  confirmed_at timestamptz,
  withdrawn_at timestamptz,
  primary key (film_id, contact_id, purpose),
  foreign key (film_id, contact_id) references contact (film_id, id)
);
create unique index subscription_secret on subscription (film_id, secret_hash) where secret_hash is not null;
create index subscription_confirmed on subscription (film_id, purpose, contact_id) where confirmed_at is not null;
call keep_to_film('subscription');

-- A solved puzzle opens a form once.
create table spent_proof (
  film_id uuid not null references film,
  proof_hash bytea not null,
  expires_at timestamptz not null,
  primary key (film_id, proof_hash)
);
create index spent_proof_expired on spent_proof (expires_at);
call keep_to_film('spent_proof');

-- How often one place wrote lately, shared by all processes. Keys are hashes that change each day.
create table form_limit (
  key varchar(255) primary key,
  points int not null default 0,
  expire bigint
);
create index form_limit_expired on form_limit (expire);
grant select, insert, update, delete on form_limit to houselights_program;

-- Sweeps what the clock has made meaningless, across films, which the program itself cannot see at once.
create function sweep_audience(before timestamptz) returns void
  language sql security definer set search_path = public as $$
    delete from spent_proof where expires_at < before;
    delete from form_limit where expire < extract(epoch from before) * 1000;
  $$;
revoke execute on function sweep_audience from public;
grant execute on function sweep_audience to houselights_program;

-- Mails that wait although no try is noted: written before SMTP was set. Old ones are left to a person.
create function waiting_mails(written_after timestamptz, written_before timestamptz)
  returns table (film_id uuid, id uuid)
  language sql stable security definer set search_path = public as $$
    select film_id, id from mail
     where sent_at is null and given_up_at is null and trying_since is null and tries = 0
       and written_at between written_after and written_before
     order by written_at limit 1000;
  $$;
revoke execute on function waiting_mails from public;
grant execute on function waiting_mails to houselights_program;
create index mail_waiting on mail (written_at) where sent_at is null and given_up_at is null;
