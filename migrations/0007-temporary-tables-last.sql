-- What runs as the owner never meets a temporary table of the session's first: unnamed, pg_temp is looked in before all.
alter function find_inquiries set search_path = public, pg_temp;
alter function sweep_audience set search_path = public, pg_temp;
alter function waiting_mails set search_path = public, pg_temp;
