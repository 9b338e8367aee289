-- A kind of event may ask for several trainings.
alter table event_kind_training drop constraint event_kind_training_pkey;
alter table event_kind_training add primary key (organization_id, kind, training_id);

-- Which training an event teaches: whoever came has passed it, by itself where the organization says so.
create table event_training (
  organization_id uuid not null references organization,
  event_id uuid not null,
  training_id uuid not null,
  is_automatic boolean not null,
  set_by text not null,
  set_at timestamptz not null,
  primary key (organization_id, event_id),
  foreign key (organization_id, event_id) references event,
  foreign key (organization_id, training_id) references training
);
select own_by_organization('event_training');

-- At which event it was passed by coming.
alter table training_passed add column event_id uuid;
alter table training_passed add constraint passed_at_event foreign key (organization_id, event_id) references event;
create index training_passed_at on training_passed (organization_id, event_id) where event_id is not null;

-- Events that teach nothing cost one look into an index.
create function attendance_passes_training() returns trigger language plpgsql as $$
declare
  taught uuid;
begin
  select t.event_id into taught from event_signup s
    join event_training t on t.organization_id = s.organization_id and t.event_id = s.event_id and t.is_automatic
    where s.organization_id = new.organization_id and s.signup_id = new.signup_id;
  if taught is not null then
    perform enqueue_job('leadership.trained', json_build_object('organization_id', new.organization_id, 'event_id', taught),
      'leadership.trained', null, null, 'leadership.trained ' || taught);
  end if;
  return null;
end $$;
create trigger attendance_passes_training after insert or update of taken_back_at on event_attendance
  for each row execute function attendance_passes_training();
