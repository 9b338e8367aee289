-- A job added under the key of one that waits may leave it its instant: several things within some minutes are one job.
drop function enqueue_job(text, json, text, timestamptz, integer, text, integer);
create function enqueue_job(task text, payload json, queue text, run_at timestamptz, max_attempts integer, key text, priority integer default null,
  keeps_run_at boolean default false)
returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform graphile_worker.add_job(task, payload, queue, run_at, max_attempts, key, priority, null,
    case when keeps_run_at then 'preserve_run_at' else 'replace' end);
end $$;
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to hanpyo_app;
