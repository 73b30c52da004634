-- A job that was given up stays in the queue and waits for nothing: it is counted apart from those that wait, for a
-- week, in which somebody may look after what it was about.
drop function queue_state();
create function queue_state()
  returns table (waiting bigint, failing bigint, given_up bigint, oldest_due timestamptz, locked bigint)
  language sql stable security definer set search_path = pg_catalog as $$
    select count(*) filter (where attempts < max_attempts),
           count(*) filter (where attempts < max_attempts and last_error is not null),
           count(*) filter (where attempts >= max_attempts and locked_at is null
                              and updated_at > now() - interval '7 days'),
           min(run_at) filter (where run_at <= now() and locked_at is null and attempts = 0),
           count(*) filter (where locked_at is not null)
      from graphile_worker.jobs;
  $$;
revoke execute on function queue_state from public;
grant execute on function queue_state to houselights_program;
