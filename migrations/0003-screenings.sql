-- Where and when the film is shown.

create table venue (
  film_id uuid not null references film,
  id uuid not null,
  -- SHA-256 of name, city and street as people would compare them: the same place is one row.
  key text not null check (key ~ '^[0-9a-f]{64}$'),
  name text not null check (length(name) between 1 and 300),
  street text check (length(street) <= 300),
  city text check (length(city) <= 300),
  region text check (length(region) <= 300),
  country text check (country ~ '^[A-Z]{2}$'),
  postcode text check (length(postcode) <= 20),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  timezone text not null check (length(timezone) <= 80),
  -- Name, street, city, region as written: a text, or one by language. The columns are for sorting and searching.
  texts jsonb not null,
  -- What the house itself offers: {"step_free": true, …}.
  accessibility jsonb,
  changed_at timestamptz not null,
  primary key (film_id, id),
  unique (film_id, key),
  check ((latitude is null) = (longitude is null))
);
-- Near me: a band of latitude, narrowed by longitude within the index. A GiST index on a point could not be
-- used here: its operators are not leakproof, so row-level security would run before it.
create index venue_near on venue (film_id, latitude, longitude) where latitude is not null;
call keep_to_film('venue');

create table screening (
  film_id uuid not null references film,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  venue_id uuid not null,
  kind text not null check (kind in ('cinema', 'community', 'campus', 'workplace', 'festival', 'virtual')),
  state text not null check (state in ('planned', 'on sale', 'sold out', 'postponed', 'cancelled', 'past')),
  -- What it was before it was cancelled or postponed, so that either can be taken back.
  state_before text check (state_before in ('planned', 'on sale', 'sold out', 'postponed', 'past')),
  -- What people were told: the wall clock at the venue. The truth from which starts_at is derived.
  starts_on date not null,
  starts_time time,
  starts_offset text check (starts_offset ~ '^[+-][0-9]{2}:[0-9]{2}$'),
  starts_at timestamptz not null,
  over_at timestamptz not null check (over_at > starts_at),
  is_private boolean not null,
  -- Texts by language, lists and flags, as the film folder writes them.
  doc jsonb not null,
  version int not null check (version > 0),
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (film_id, id),
  unique (film_id, slug),
  foreign key (film_id, venue_id) references venue (film_id, id),
  check (starts_time is not null or starts_offset is null)
);
create index screening_by_start on screening (film_id, starts_at, id);
create index screening_by_end on screening (film_id, over_at);
create index screening_by_venue on screening (film_id, venue_id, starts_at);
call keep_to_film('screening');
-- Cancelled and past ones stay: people hold links to them.
revoke delete on screening from houselights_program;

-- Each saved state of a screening; the highest number is the screening itself. Rows are only ever added.
create table screening_version (
  film_id uuid not null references film,
  screening_id uuid not null,
  version int not null check (version > 0),
  listing jsonb not null,
  made_at timestamptz not null,
  made_by text not null,
  -- No foreign key to screening, whose rows the program cannot delete: checked row by row against a table
  -- without statistics yet, it made the first import of 10,000 grow with the square of their number.
  primary key (film_id, screening_id, version)
);
call keep_to_film('screening_version');
revoke update, delete on screening_version from houselights_program;

-- Addresses that a screening once had and that still lead to it.
create table screening_former_slug (
  film_id uuid not null references film,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  screening_id uuid not null,
  primary key (film_id, slug),
  foreign key (film_id, screening_id) references screening (film_id, id)
);
call keep_to_film('screening_former_slug');

-- A checked CSV between its preview and its application. Kept a day.
create table screening_import (
  film_id uuid not null references film,
  id uuid not null,
  made_at timestamptz not null,
  made_by text not null,
  file_name text not null check (length(file_name) <= 200),
  listings jsonb not null,
  applied_at timestamptz,
  primary key (film_id, id)
);
call keep_to_film('screening_import');
