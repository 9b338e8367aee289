-- Lets the application's role add jobs to graphile-worker's queue without any right on the queue itself.
create function enqueue_job(task text, payload json, queue text, run_at timestamptz, max_attempts integer, key text)
returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform graphile_worker.add_job(task, payload, queue, run_at, max_attempts, key);
end $$;
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to hanpyo_app;
