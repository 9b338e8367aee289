-- What stands in the QR code of each sign-up, and can be read aloud: nine letters without those that look alike, three and
-- three. It says that somebody may come in, nothing about them.
create function new_event_ticket() returns text language sql volatile as $$
  select string_agg(substr('abcdefghjkmnpqrstuvwxyz23456789', 1 + get_byte(made.bytes, at) % 31, 1), '')
  from (select uuid_send(gen_random_uuid()) as bytes) made, unnest(array[0, 1, 2, 3, 4, 5, 10, 11, 12]) as at
$$;
alter table event_signup add column ticket text not null default new_event_ticket();
create unique index event_signup_by_ticket on event_signup (organization_id, ticket);

-- In which transaction what the door shows of a sign-up changed last: a door asks for what came since it looked.
alter table event_signup add column changed_in xid8 not null default pg_current_xact_id();
create function note_changed_in() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;
create trigger event_signup_changed before update on event_signup for each row execute function note_changed_in();
create function event_attendance_changed() returns trigger language plpgsql as $$
begin
  update event_signup set changed_in = pg_current_xact_id()
  where organization_id = new.organization_id and signup_id = new.signup_id;
  return null;
end $$;
create trigger event_attendance_changed after insert or update on event_attendance for each row execute function event_attendance_changed();

-- What was done at a door on a device, by the id made there: sent twice, it was done once.
create table event_door_act (
  organization_id uuid not null,
  act_id uuid not null,
  event_id uuid not null,
  signup_id uuid,                                        -- null: nobody was found by the code
  sent_signup_id uuid,                                   -- made on the device for somebody who turned out to be signed up
  attendance_id bigint,                                  -- the mark it made; null: it made none
  outcome text not null,                                 -- events/door/schema.ts outcomes
  since timestamptz,                                     -- already here since
  since_by text,
  at timestamptz not null,                               -- when it was done, by our clock
  made_by text not null,
  received_at timestamptz not null,
  primary key (organization_id, act_id),
  foreign key (organization_id, event_id) references event on delete cascade
);
create index event_door_act_sent on event_door_act (organization_id, sent_signup_id) where sent_signup_id is not null;
select own_by_organization('event_door_act');

-- The same of an event: what its organization's calendar says is made anew when it changes, and once a minute.
alter table event add column changed_in xid8 not null default pg_current_xact_id();
create trigger event_changed before update on event for each row execute function note_changed_in();
create index event_by_change on event (organization_id, changed_in);

-- Upcoming events in the order of their beginning: those that are over are passed by in the index.
create index event_upcoming on event (organization_id, starts_at, event_id, ends_at);
drop index event_by_time;
