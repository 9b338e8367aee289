-- Entries of calendars as they were last mailed: of a shift somebody gives up, or that was changed, its own entry must be told.
create table event_entry (
  organization_id uuid not null,
  signup_id uuid not null,
  shift_id uuid not null,
  method text not null check (method in ('REQUEST', 'CANCEL')),
  sequence integer not null,                             -- of iCalendar, of this entry
  event_sequence integer not null,                       -- of the event at that time
  mailed_at timestamptz not null,
  primary key (organization_id, signup_id, shift_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, shift_id) references event_shift
);
select own_by_organization('event_entry');

-- What mails had brought so far.
insert into event_entry (organization_id, signup_id, shift_id, method, sequence, event_sequence, mailed_at)
  select s.organization_id, s.signup_id, x.shift_id, 'REQUEST', e.sequence + (select count(*) from event_response r
      where r.organization_id = s.organization_id and r.signup_id = s.signup_id), e.sequence, s.told_at
  from event_signup s
  join event e on e.organization_id = s.organization_id and e.event_id = s.event_id and e.ends_at > now()
  join event_signup_shift x on x.organization_id = s.organization_id and x.signup_id = s.signup_id
  where s.mail_to is not null and s.told_at is not null and s.accept_by is null and s.response in ('invited', 'signed_up', 'confirmed')
  on conflict do nothing;
