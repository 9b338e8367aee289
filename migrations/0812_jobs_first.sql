-- What cannot wait goes before what can: the lower the number, the sooner, among jobs that are due. Without one it is 0.
drop function enqueue_job(text, json, text, timestamptz, integer, text);
create function enqueue_job(task text, payload json, queue text, run_at timestamptz, max_attempts integer, key text, priority integer default null)
returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform graphile_worker.add_job(task, payload, queue, run_at, max_attempts, key, priority);
end $$;
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to hanpyo_app;
