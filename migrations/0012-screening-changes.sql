-- That a screening with tickets is another than what people know of it, and that the team told them.
create table screening_change (
  film_id uuid not null,
  id uuid not null,
  screening_id uuid not null,
  -- The team's own words to everybody.
  message text not null default '' check (length(message) <= 2000),
  made_at timestamptz not null,
  person_id text,
  person_name text not null,
  primary key (film_id, id),
  foreign key (film_id, screening_id) references screening (film_id, id)
);
create index screening_change_newest on screening_change (film_id, screening_id, id desc);
call keep_to_film('screening_change');
revoke update, delete on screening_change from houselights_program;

-- What one order is told of it, and what its buyer chose.
create table order_notice (
  film_id uuid not null,
  change_id uuid not null,
  order_id uuid not null,
  kind text not null check (kind in ('cancelled', 'postponed', 'moved', 'restored')),
  -- When and where they thought that it would be.
  knew jsonb not null,
  -- When the letter was written; null: not yet, or there is no address to write to.
  told_at timestamptz,
  choice text check (choice in ('keep', 'exchange', 'refund')),
  chosen_at timestamptz,
  -- Where they go instead.
  exchanged_to uuid,
  -- When the tickets were given back, and what was paid for them was asked for.
  settled_at timestamptz,
  primary key (film_id, change_id, order_id),
  foreign key (film_id, change_id) references screening_change (film_id, id),
  foreign key (film_id, order_id) references "order" (film_id, id),
  foreign key (film_id, exchanged_to) references screening (film_id, id),
  check ((choice is null) = (chosen_at is null)),
  check ((choice is not distinct from 'exchange') = (exchanged_to is not null))
);
create index order_notice_of_order on order_notice (film_id, order_id, change_id);
call keep_to_film('order_notice');
revoke update, delete on order_notice from houselights_program;
grant update (told_at, choice, chosen_at, exchanged_to, settled_at) on order_notice to houselights_program;
