-- What every table stands on: who may touch it, and which film it belongs to.

revoke create on schema public from public;
grant usage on schema public to houselights_program;

-- The film that this transaction is about; null outside a film.
create function current_film() returns uuid language sql stable parallel safe
  return nullif(current_setting('houselights.film_id', true), '')::uuid;

-- Gives a film's table to the program, held to the rows of the current film.
create procedure keep_to_film(film_table regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', film_table);
  execute format('alter table %s force row level security', film_table);
  execute format(
    'create policy one_film on %s using (film_id = current_film()) with check (film_id = current_film())', film_table);
  -- The owner's own sessions back up, restore and migrate; the program's sessions never run as the owner.
  execute format('create policy owner_sees_all on %s to %I using (true) with check (true)', film_table, current_user);
  execute format('grant select, insert, update, delete on %s to houselights_program', film_table);
end $$;

-- Who answers under which address. Public facts: the edge must find a film before it knows it.
create table film (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  -- Shown at the installation's own address; at most one film is.
  is_front boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index film_front on film (is_front) where is_front;

create table film_host (
  host text primary key check (host = lower(host) and host ~ '^[a-z0-9.-]+(:[0-9]+)?$'),
  film_id uuid not null references film,
  is_canonical boolean not null default false
);
create unique index film_host_canonical on film_host (film_id) where is_canonical;
grant select, insert, update, delete on film, film_host to houselights_program;

-- Bytes that a film holds, named by what they are.
create table film_file (
  film_id uuid not null references film,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  mime text not null,
  size_bytes bigint not null check (size_bytes > 0),
  width int check (width > 0),
  height int check (height > 0),
  colour text check (colour ~ '^#[0-9a-f]{6}$'),
  created_at timestamptz not null,
  primary key (film_id, sha256)
);
call keep_to_film('film_file');

-- One whole document per save. Rows are only ever added.
create table film_revision (
  film_id uuid not null references film,
  id uuid not null,
  number int not null check (number > 0),
  parent_id uuid,
  -- json, not jsonb: the order of a film's forms and languages is the team's own.
  document json not null,
  -- {"media/hero.jpg": "<sha256>"}: which bytes each path meant when this was saved.
  files jsonb not null,
  note text not null default '' check (length(note) <= 500),
  made_at timestamptz not null,
  made_by text,
  primary key (film_id, id),
  unique (film_id, number),
  foreign key (film_id, parent_id) references film_revision (film_id, id)
);
call keep_to_film('film_revision');
revoke update, delete on film_revision from houselights_program;

-- Each time a revision went out; the newest row is what the public reads.
create table film_publication (
  film_id uuid not null references film,
  number int not null check (number > 0),
  revision_id uuid not null,
  published_at timestamptz not null,
  published_by text,
  primary key (film_id, number),
  foreign key (film_id, revision_id) references film_revision (film_id, id)
);
call keep_to_film('film_publication');
revoke update, delete on film_publication from houselights_program;

-- A secret link to a draft; the secret itself is not kept.
create table film_preview (
  film_id uuid not null references film,
  secret_hash bytea not null,
  revision_id uuid not null,
  made_at timestamptz not null,
  made_by text,
  expires_at timestamptz not null,
  primary key (film_id, secret_hash),
  foreign key (film_id, revision_id) references film_revision (film_id, id)
);
call keep_to_film('film_preview');

-- Who changed what. Rows are only ever added.
create table audit (
  film_id uuid not null references film,
  id uuid not null,
  at timestamptz not null,
  -- null: the command line or a job.
  person_id text,
  person_name text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}',
  primary key (film_id, id)
);
create index audit_newest on audit (film_id, at desc, id desc);
call keep_to_film('audit');
revoke update, delete on audit from houselights_program;

-- Every mail, written in the transaction of the fact that it tells of, sent after it by a job.
create table mail (
  film_id uuid not null references film,
  id uuid not null,
  -- One mail a key: the same fact told twice is the same mail.
  key text not null check (length(key) <= 200),
  to_address text not null,
  reply_to text,
  subject text not null,
  text_body text not null,
  html_body text not null,
  headers jsonb not null default '{}',
  message_id text not null unique,
  written_at timestamptz not null,
  sent_at timestamptz,
  -- Set before the server is asked and cleared after it answered: left over, nobody knows whether it went.
  trying_since timestamptz,
  tries int not null default 0,
  last_failure text,
  given_up_at timestamptz,
  primary key (film_id, id),
  unique (film_id, key)
);
create index mail_newest on mail (film_id, written_at desc, id desc);
call keep_to_film('mail');

-- What the installation knows of itself: last backup, that its first owner was made.
create table installation_fact (
  name text primary key,
  value jsonb not null,
  at timestamptz not null
);
grant select, insert, update, delete on installation_fact to houselights_program;

-- Adds a job in the caller's transaction. The queue itself belongs to the owner: the program cannot read
-- another film's jobs out of it.
create function add_job(job_name text, payload json, run_at timestamptz, job_key text) returns void
  language sql security definer set search_path = pg_catalog as $$
    select graphile_worker.add_job(job_name, payload, run_at => run_at, job_key => job_key,
                                   max_attempts => 20, job_key_mode => 'preserve_run_at');
  $$;
revoke execute on function add_job from public;
grant execute on function add_job to houselights_program;

-- How the queue stands, without what is in it: for Today and for doctor.
create function queue_state()
  returns table (waiting bigint, failing bigint, oldest_due timestamptz, locked bigint)
  language sql stable security definer set search_path = pg_catalog as $$
    select count(*) filter (where attempts < max_attempts),
           count(*) filter (where last_error is not null),
           min(run_at) filter (where run_at <= now() and locked_at is null and attempts = 0),
           count(*) filter (where locked_at is not null)
      from graphile_worker.jobs;
  $$;
revoke execute on function queue_state from public;
grant execute on function queue_state to houselights_program;

-- Each process says that it lives; a row older than a minute is a process that died.
create table process_pulse (
  id uuid primary key,
  role text not null check (role in ('all', 'web', 'worker')),
  started_at timestamptz not null,
  seen_at timestamptz not null
);
grant select, insert, update, delete on process_pulse to houselights_program;
