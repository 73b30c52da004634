-- Tickets as papers, and the door where they are shown.

-- What a film signs its tickets with (Ed25519). The private half is read by nobody but what signs.
create table ticket_key (
  film_id uuid primary key references film,
  public_key bytea not null check (octet_length(public_key) = 32),
  -- PKCS #8.
  private_key bytea not null,
  made_at timestamptz not null
);
call keep_to_film('ticket_key');
-- Papers are out under it: it is never another.
revoke update, delete on ticket_key from houselights_program;

-- Whom a ticket was handed on to, where its paper went to them and is no longer the buyer's to show.
alter table ticket add holder_address text check (length(holder_address) <= 254);

-- How often the letter with its tickets was asked for again, and when last.
alter table "order" add letters int not null default 0, add letter_asked_at timestamptz;

-- Papers that go with a mail: what they are and of what they are made, drawn when it is sent.
alter table mail add attachments jsonb not null default '[]';

-- What happened at the doors, as each device tells it. Only what became of it later changes.
create table scan (
  film_id uuid not null references film,
  -- Made by the device: told twice, it is one scan.
  nonce uuid not null,
  -- Where the device stands. Whatever changes there is counted, so that devices ask for what they do not know.
  screening_id uuid not null,
  change int not null check (change > 0),
  -- null: what was shown names no ticket of this film.
  ticket_id uuid,
  -- What the paper said; null where a ticket was found by its code or a name.
  generation int,
  way text not null check (way in ('code', 'typed', 'name')),
  device text not null check (length(device) between 1 and 60),
  person_id uuid,
  -- By the device's clock, and by ours.
  scanned_at timestamptz not null,
  received_at timestamptz not null,
  -- admitted: the first who came in with this ticket. conflict: let in as well, where nobody could know of the first.
  verdict text not null check (verdict in ('admitted', 'conflict', 'refused')),
  reason text not null check (length(reason) between 1 and 40),
  undone_at timestamptz,
  primary key (film_id, nonce),
  unique (film_id, screening_id, change),
  foreign key (film_id, screening_id) references screening (film_id, id),
  foreign key (film_id, ticket_id) references ticket (film_id, id),
  check (verdict = 'refused' or ticket_id is not null)
);
-- Stands behind every lock: one first admission a ticket.
create unique index scan_admits_once on scan (film_id, ticket_id) where verdict = 'admitted' and undone_at is null;
create index scan_of_ticket on scan (film_id, ticket_id) where ticket_id is not null;
call keep_to_film('scan');
revoke update, delete on scan from houselights_program;
grant update (verdict, reason, undone_at, change) on scan to houselights_program;

-- Who tells of one door does so one at a time. An advisory lock, so that no ticket's row is held and no order's change
-- ever waits for a phone.
create function lock_door(of_screening uuid) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('door ' || current_film() || ' ' || of_screening, 0));
$$;
revoke execute on function lock_door from public;
grant execute on function lock_door to houselights_program;
