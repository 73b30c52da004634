-- Whether a film lets people pay in the sandbox, and since when. It moves no money, so nobody falls into it: an owner
-- opens it, on a machine that only its own people reach.
create table sandbox_opening (
  film_id uuid primary key references film,
  opened_at timestamptz not null
);
call keep_to_film('sandbox_opening');
