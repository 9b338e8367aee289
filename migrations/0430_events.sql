-- What an organization holds: kinds of events and what each needs, events with their shifts and places, series of them, who
-- said they come (response) and who was there (attendance). The last two are facts of their own, kept as dated rows.
create table event_kind (
  organization_id uuid not null references organization,
  kind text not null check (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
  name jsonb not null,                                   -- {"en": …, "ko": …}
  needs text[] not null default '{}',                    -- events/schema.ts needs
  archived_at timestamptz,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (organization_id, kind)
);
select own_by_organization('event_kind');

-- A rule by which an event is held again. Each time is an event of its own.
create table event_series (
  organization_id uuid not null references organization,
  series_id uuid not null default gen_random_uuid(),
  every text not null check (every in ('week', 'month')),
  step integer not null check (step between 1 and 12),
  weekday integer not null check (weekday between 0 and 6),  -- 0: Sunday
  nth integer check (nth between 1 and 5 or nth = -1),       -- of the month; -1: the last; null: by weeks
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  created_by text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, series_id),
  check ((every = 'month') = (nth is not null))
);
select own_by_organization('event_series');

-- Days of the rule on which it is not held.
create table event_series_exception (
  organization_id uuid not null,
  series_id uuid not null,
  on_date date not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (organization_id, series_id, on_date),
  foreign key (organization_id, series_id) references event_series on delete cascade
);
select own_by_organization('event_series_exception');

create table event (
  organization_id uuid not null references organization,
  event_id uuid not null default gen_random_uuid(),
  code text not null check (code ~ '^[a-z0-9]{8}$'),     -- last part of the public address
  kind text not null,
  content jsonb not null,                                -- events/schema.ts EventContent
  time_zone text not null,
  online_link text,                                      -- for those signed up alone
  capacity integer check (capacity > 0),                 -- over all shifts
  is_by_invitation boolean not null default false,
  needs_approval boolean not null default false,
  has_wait_list boolean not null default true,
  accept_hours integer not null default 24 check (accept_hours between 0 and 336),  -- 0: whoever moves up need not accept
  guests_most integer not null default 0 check (guests_most between 0 and 20),
  reminder_hours integer[] not null default '{24}',      -- before the first shift
  sequence integer not null default 0,                   -- of iCalendar
  starts_at timestamptz not null,                        -- of the first shift
  ends_at timestamptz not null,                          -- of the last
  series_id uuid,
  series_on date,                                        -- the day of the rule, also where it was moved
  published_at timestamptz,
  canceled_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  primary key (organization_id, event_id),
  unique (organization_id, code),
  unique (organization_id, series_id, series_on),
  foreign key (organization_id, series_id) references event_series
);
create index event_by_time on event (organization_id, starts_at, event_id);
select own_by_organization('event');

-- An event has at least one. Each has its place.
create table event_shift (
  organization_id uuid not null,
  shift_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  name jsonb not null default '{}',
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  capacity integer check (capacity > 0),
  place jsonb not null default '{}',                     -- events/schema.ts Place
  removed_at timestamptz,                                -- kept for the calendars that have it
  primary key (organization_id, shift_id),
  foreign key (organization_id, event_id) references event on delete cascade
);
create index event_shift_of_event on event_shift (event_id, organization_id, starts_at);
select own_by_organization('event_shift');

create table event_signup (
  organization_id uuid not null,
  signup_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  person_id uuid not null,                               -- as it was; whoever reads follows person.merged_into
  host_signup_id uuid,                                   -- of whom they are the guest; the seat is counted there
  seats integer not null check (seats >= 0),             -- the person's own, named and other guests'; of a guest: 0
  guests integer not null default 0 check (guests >= 0), -- those without a name
  arrival bigint generated always as identity,           -- order of the wait list
  response text not null check (response in ('invited', 'signed_up', 'confirmed', 'wait_listed', 'awaiting_approval',
    'declined', 'canceled_by_them', 'canceled_by_us')),  -- the newest of event_response
  accept_by timestamptz,                                 -- moved up: the seat is theirs if they say so by then
  source text not null check (source in ('web', 'staff', 'door')),
  language text not null,                                -- to write in
  said jsonb,                                            -- who they said they are, as typed
  answers jsonb not null default '{}',
  received_at timestamptz not null,
  primary key (organization_id, signup_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, person_id) references person,
  foreign key (organization_id, host_signup_id) references event_signup
);
create unique index event_signup_once on event_signup (event_id, person_id, organization_id)
  where response in ('invited', 'signed_up', 'confirmed', 'wait_listed', 'awaiting_approval');
create index event_signup_seated on event_signup (event_id, organization_id) where response in ('signed_up', 'confirmed');
create index event_signup_waiting on event_signup (event_id, organization_id, arrival) where response = 'wait_listed';
create index event_signup_of_event on event_signup (event_id, organization_id, arrival);
create index event_signup_of_person on event_signup (person_id, organization_id);
create index event_signup_of_host on event_signup (host_signup_id, organization_id) where host_signup_id is not null;
select own_by_organization('event_signup');

create table event_signup_shift (
  organization_id uuid not null,
  signup_id uuid not null,
  shift_id uuid not null,
  primary key (organization_id, signup_id, shift_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, shift_id) references event_shift
);
create index event_signup_shift_of_shift on event_signup_shift (shift_id, organization_id);
select own_by_organization('event_signup_shift');

create table event_response (
  organization_id uuid not null,
  response_id bigint not null generated always as identity,  -- in the order they were said
  signup_id uuid not null,
  response text not null,
  why text check (why in ('moved_up', 'not_accepted', 'not_approved', 'event_canceled')),
  at timestamptz not null,
  made_by text not null,
  primary key (organization_id, response_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
create index event_response_of_signup on event_response (signup_id, organization_id, response_id);
select own_by_organization('event_response');

-- The newest for a shift that was not taken back counts.
create table event_attendance (
  organization_id uuid not null,
  attendance_id bigint not null generated always as identity,
  signup_id uuid not null,
  shift_id uuid not null,
  attendance text not null check (attendance in ('attended', 'walk_in', 'no_show', 'excused')),
  guests integer not null default 0 check (guests >= 0), -- without a name, who came along
  at timestamptz not null,
  made_by text not null,
  taken_back_at timestamptz,
  taken_back_by text,
  primary key (organization_id, attendance_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, shift_id) references event_shift
);
create index event_attendance_of_signup on event_attendance (signup_id, organization_id, attendance_id);
create index event_attendance_of_shift on event_attendance (shift_id, organization_id) where taken_back_at is null;
select own_by_organization('event_attendance');

-- One row before each reminder is sent: it is sent once.
create table event_reminder (
  organization_id uuid not null,
  signup_id uuid not null,
  hours integer not null,
  made_at timestamptz not null,
  primary key (organization_id, signup_id, hours),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
select own_by_organization('event_reminder');

-- The number is part of the secret address of a calendar of one's own: a new one, and the old address is dead.
create table event_feed (
  organization_id uuid not null,
  signup_id uuid not null,
  number integer not null default 1,
  renewed_at timestamptz not null,
  primary key (organization_id, signup_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
select own_by_organization('event_feed');

-- A calendar entry that a mail brings along.
alter table outbox_mail add column calendar text;
