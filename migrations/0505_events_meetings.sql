-- Meetings: motions, what hands said of them, and the minutes as they were approved.
create table event_motion (
  organization_id uuid not null references organization,
  motion_id uuid not null,                               -- made with the form, so that one sent twice is one motion
  event_id uuid not null,
  nth integer not null check (nth > 0),                  -- within the meeting
  text jsonb not null,                                   -- one per language
  moved_by text not null default '',
  seconded_by text not null default '',
  majority text not null check (majority in ('cast', 'two_thirds', 'present')),
  amends uuid,                                           -- the motion it changes
  made_at timestamptz not null,
  made_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organization_id, motion_id),
  unique (organization_id, event_id, nth),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, amends) references event_motion
);
select own_by_organization('event_motion');

-- A show of hands; the newest counts, those before it stay with the reason why they were corrected.
create table event_motion_count (
  organization_id uuid not null,
  count_id bigint generated always as identity,
  motion_id uuid not null,
  yes integer not null check (yes >= 0),
  no integer not null check (no >= 0),
  abstain integer not null check (abstain >= 0),
  entitled integer not null check (entitled >= yes + no + abstain), -- members in the room who may vote
  quorum integer check (quorum > 0),                     -- members it takes; null: the meeting has none
  reason text not null default '',                       -- of a correction
  at timestamptz not null,
  made_by text not null,
  primary key (organization_id, count_id),
  foreign key (organization_id, motion_id) references event_motion on delete cascade
);
create index event_motion_count_of on event_motion_count (organization_id, motion_id, count_id desc);
select own_by_organization('event_motion_count');

create table event_minutes (
  organization_id uuid not null,
  event_id uuid not null,
  presided_by text not null default '',
  approved_on date,                                      -- null: not yet
  approved_how text not null default '',                 -- at which meeting, or by whom
  noted_at timestamptz not null,
  noted_by text not null,
  primary key (organization_id, event_id),
  foreign key (organization_id, event_id) references event on delete cascade
);
select own_by_organization('event_minutes');
