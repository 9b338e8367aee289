-- The organization's own rungs, and who stands where since when. The newest row of a person up to a day says where they stood that day.
create table rung (
  organization_id uuid not null references organization,
  rung_id uuid not null default gen_random_uuid(),
  position integer not null,                             -- the lowest is 1
  name jsonb not null,                                   -- {"en": …, "ko": …}
  about jsonb not null default '{}',                     -- what somebody on it does, by language
  made_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (organization_id, rung_id)
);
select own_by_organization('rung');

create table person_stage (
  organization_id uuid not null,
  stage_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  rung_id uuid,                                          -- null: on the ladder no more
  from_on date not null,
  reason text not null,
  set_by text not null,
  set_at timestamptz not null,
  removed_at timestamptz,                                -- set by mistake
  removed_by text,
  primary key (organization_id, stage_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, rung_id) references rung
);
create index person_stage_by_person on person_stage (organization_id, person_id, from_on desc, set_at desc);
select own_by_organization('person_stage');

-- Under which account, or as which caller of a phone bank, a person of ours acts here.
create table person_account (
  organization_id uuid not null,
  person_account_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  user_id uuid,
  caller_id uuid,
  joined_by text not null,
  joined_at timestamptz not null default now(),
  primary key (organization_id, person_account_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, user_id) references member,
  check (num_nonnulls(user_id, caller_id) = 1)
);
create unique index person_account_of_user on person_account (organization_id, user_id) where user_id is not null;
create unique index person_account_of_caller on person_account (organization_id, caller_id) where caller_id is not null;
create index person_account_by_person on person_account (organization_id, person_id);
create index phone_bank_caller_of_user on phone_bank_caller (organization_id, user_id) where user_id is not null;
select own_by_organization('person_account');

-- What somebody of ours is to do: the next step of a person one works with, or anything else.
create table task (
  organization_id uuid not null references organization,
  task_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('next_step', 'task')),
  person_id uuid,
  title text not null,
  owner_id uuid,                                         -- a member's user id
  due_on date,
  snoozed_until date,
  one_on_one_id uuid,                                    -- where it was agreed
  made_by text not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  ended_as text check (ended_as in ('done', 'moved_on')),
  outcome text,
  primary key (organization_id, task_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  check (kind = 'task' or (person_id is not null and due_on is not null)),
  check ((ended_at is null) = (ended_as is null))
);
create index task_by_person on task (organization_id, person_id, made_at desc) where person_id is not null;
create index task_by_owner on task (organization_id, owner_id, due_on) where ended_at is null;
select own_by_organization('task');

-- That two talked is known to whoever works with the person; what was said stands apart, without the person, so that a
-- merge copies none of it, and is read by the two, or by organizers too where its writer opened it.
create table one_on_one (
  organization_id uuid not null,
  one_on_one_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  met_on date not null,
  writer_id uuid not null,                               -- a member's user id
  writer text not null,
  reader_id uuid,                                        -- the person's own account when it was written, if any
  opened_at timestamptz,                                 -- to organizers, by its writer
  written_at timestamptz not null,
  removed_at timestamptz,
  primary key (organization_id, one_on_one_id),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index one_on_one_by_person on one_on_one (organization_id, person_id, met_on desc);
select own_by_organization('one_on_one');

create table one_on_one_note (
  organization_id uuid not null,
  one_on_one_id uuid not null,
  body text not null,
  primary key (organization_id, one_on_one_id),
  foreign key (organization_id, one_on_one_id) references one_on_one on delete cascade
);
select own_by_organization('one_on_one_note');
