-- Recorded by itself, and by nobody's hand since: it comes and goes with the attendance. Until now that was told from the event's title
-- standing where the name of whoever records does.
alter table training_passed add column follows_attendance boolean not null default false;
update training_passed p set follows_attendance = true from event e
  where e.organization_id = p.organization_id and e.event_id = p.event_id
    and (p.recorded_by = 'system' or p.recorded_by in (select value from jsonb_each_text(e.content -> 'title')))
    and (p.removed_by is null or p.removed_by = 'system' or p.removed_by in (select value from jsonb_each_text(e.content -> 'title')));

-- What was recorded by itself goes with the attendance also where nothing more is.
create or replace function attendance_passes_training() returns trigger language plpgsql as $$
declare
  taught uuid;
begin
  select t.event_id into taught from event_signup s
    join event_training t on t.organization_id = s.organization_id and t.event_id = s.event_id
    where s.organization_id = new.organization_id and s.signup_id = new.signup_id;
  if taught is not null then
    perform enqueue_job('leadership.trained', json_build_object('organization_id', new.organization_id, 'event_id', taught),
      'leadership.trained', null, null, 'leadership.trained ' || taught);
  end if;
  return null;
end $$;
