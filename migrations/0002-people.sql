-- Who the people of the installation are, how they sign in, and what they may do in which film.

-- People and their ways in belong to no film: one person may work on several.
create table person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  -- Whether the address is known to be theirs: a link that was mailed there came back.
  email_verified boolean not null,
  image text,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table session (
  id uuid primary key,
  user_id uuid not null references person on delete cascade,
  token text not null unique,
  user_agent text,
  -- Kept empty: whoever works from where is nobody's business. The library wants the column.
  ip_address text,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_of_person on session (user_id);

-- A password, hashed; the other columns are the library's, for providers that we do not use.
create table credential (
  id uuid primary key,
  user_id uuid not null references person on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index credential_of_person on credential (user_id);

-- What was sent out and waits to come back: links, challenges. Names are hashed.
create table verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verification_by_identifier on verification (identifier);
create index verification_by_expiry on verification (expires_at);

-- Secret and backup codes are encrypted with the installation's secret.
create table two_factor (
  id uuid primary key,
  user_id uuid not null unique references person on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count int not null default 0,
  locked_until timestamptz
);

create table passkey (
  id uuid primary key,
  user_id uuid not null references person on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz
);
create index passkey_of_person on passkey (user_id);

-- How often something was tried under a key, which is hashed. Counted up only: nothing that a visitor does
-- takes a try back.
create table attempt (
  key text primary key,
  points int not null default 0,
  expire bigint
);
create index attempt_by_expiry on attempt (expire);

-- Made once, shared by all processes: signs cookies, encrypts second factors.
create table installation_secret (
  name text primary key,
  value text not null,
  made_at timestamptz not null
);

-- Who runs the installation: owners of every film that comes.
create table installation_owner (
  person_id uuid primary key references person on delete cascade,
  since timestamptz not null
);

-- The one link that makes the first owner; a newer one takes its place.
create table setup_link (
  is_only boolean primary key default true check (is_only),
  secret_hash bytea not null,
  made_at timestamptz not null,
  used_at timestamptz
);

-- Mails that belong to no film: sign-in links, new passwords. The outbox of a film never shows them.
create table installation_mail (
  id uuid primary key,
  key text not null unique check (length(key) <= 200),
  to_address text not null,
  reply_to text,
  subject text not null,
  text_body text not null,
  html_body text not null,
  headers jsonb not null default '{}',
  message_id text not null unique,
  written_at timestamptz not null,
  sent_at timestamptz,
  trying_since timestamptz,
  tries int not null default 0,
  last_failure text,
  given_up_at timestamptz
);

grant select, insert, update, delete on
  person, session, credential, verification, two_factor, passkey, attempt,
  installation_secret, installation_owner, setup_link, installation_mail
  to houselights_program;

-- Who is in a film's team, as what.
create table team_member (
  film_id uuid not null references film,
  person_id uuid not null references person on delete cascade,
  role text not null
    check (role in ('owner', 'manager', 'box-office', 'outreach', 'editor', 'finance', 'door')),
  since timestamptz not null,
  primary key (film_id, person_id)
);
create index team_member_person on team_member (person_id);
call keep_to_film('team_member');

create table invitation (
  film_id uuid not null references film,
  id uuid not null,
  address text not null check (address = lower(address) and length(address) <= 254),
  role text not null
    check (role in ('owner', 'manager', 'box-office', 'outreach', 'editor', 'finance', 'door')),
  secret_hash bytea not null,
  -- Whether the link went to the address by mail; then whoever holds it owns the address.
  was_mailed boolean not null,
  invited_by text not null,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (film_id, id),
  unique (film_id, secret_hash)
);
-- One open invitation an address.
create unique index invitation_open on invitation (film_id, address)
  where accepted_at is null and revoked_at is null;
call keep_to_film('invitation');

-- In which films a person works: the one question that is asked across films, and only about oneself.
create function films_of_person(who uuid)
  returns table (film_id uuid, slug text, role text)
  language sql stable security definer set search_path = public, pg_temp as $$
    select film.id, film.slug, team_member.role
      from team_member join film on film.id = team_member.film_id
     where team_member.person_id = who
     order by film.created_at, film.slug;
  $$;
revoke execute on function films_of_person from public;
grant execute on function films_of_person to houselights_program;
