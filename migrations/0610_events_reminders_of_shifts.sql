-- Reminders count from each shift of a sign-up, not from the beginning of the event. One that came too early for a shift was no
-- reminder of it: that one is still to come.
alter table event_reminder drop constraint event_reminder_pkey, add column shift_id uuid;
with old as (delete from event_reminder returning *)
insert into event_reminder (organization_id, signup_id, shift_id, hours, made_at)
  select m.organization_id, m.signup_id, h.shift_id, m.hours, m.made_at
  from old m
  join event_signup s on s.organization_id = m.organization_id and s.signup_id = m.signup_id
  join event_signup_shift x on x.organization_id = s.organization_id and x.signup_id = coalesce(s.host_signup_id, s.signup_id)
  join event_shift h on h.organization_id = x.organization_id and h.shift_id = x.shift_id
  where h.starts_at - make_interval(hours => m.hours) <= m.made_at;
alter table event_reminder
  alter column shift_id set not null,
  add primary key (organization_id, signup_id, shift_id, hours),
  add foreign key (organization_id, shift_id) references event_shift;

-- Chosen after signing up; null: with it. Whoever takes a shift later is not reminded of what lay before.
alter table event_signup_shift add column taken_at timestamptz;

-- What is next to be done at an event is at another moment now.
select enqueue_job('events.tend', json_build_object('organization_id', organization_id, 'event_id', event_id), null, now(), null,
    'events.tend ' || event_id)
from event where published_at is not null and canceled_at is null and ends_at > now() and cardinality(reminder_hours) > 0;
