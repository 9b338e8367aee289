create table phone_bank (
  organization_id uuid not null references organization,
  phone_bank_id uuid not null default gen_random_uuid(),
  name jsonb not null,
  universe_id uuid,
  expression text not null,                              -- the universe as it was when the phone bank was made
  script_id uuid not null,
  script_version integer not null,
  candidate jsonb,                                       -- {candidate} in the script, per language
  lane text not null default 'non_partisan' check (lane in ('member_communication', 'coordinated', 'independent', 'non_partisan')),
  languages text[] not null default '{en,ko}',
  starts_on date not null,
  ends_on date not null,
  calling_starts time not null,
  calling_ends time not null,
  max_attempts smallint not null default 3,
  retry_after_hours smallint not null default 24,
  lease_minutes smallint not null default 10,
  caller_id_note jsonb not null default '{}',
  join_token_hash text unique,
  join_code text,                                        -- shown to hosts as link and QR
  join_closed_at timestamptz,
  is_practice boolean not null default false,
  goal_contacts integer,
  created_by text not null,
  created_at timestamptz not null default now(),
  paused_at timestamptz,
  ended_at timestamptz,
  primary key (organization_id, phone_bank_id)
);
select own_by_organization('phone_bank');

create table phone_bank_caller (
  organization_id uuid not null,
  phone_bank_id uuid not null,
  caller_id uuid not null default gen_random_uuid(),
  user_id uuid,                                          -- set where a signed-in member joined
  name text not null,
  phone text,
  email text,
  languages text[] not null,
  token_hash text not null unique,
  joined_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (organization_id, phone_bank_id, caller_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
select own_by_organization('phone_bank_caller');

-- One row for each voter of the phone bank. A voter is in exactly one state.
create table phone_bank_target (
  organization_id uuid not null,
  phone_bank_id uuid not null,
  voter_id integer not null,
  household_key bigint,
  language text,                                         -- known or likely, for matching with callers
  phone text not null,                                   -- number to dial next
  state text not null default 'ready' check (state in ('ready', 'leased', 'waiting', 'finished', 'suppressed')),
  position integer not null,                             -- order of the first pass
  attempts smallint not null default 0,
  next_at timestamptz not null default '-infinity',      -- ready or waiting: not before this
  is_call_back boolean not null default false,
  call_back_for uuid,                                    -- preferred caller
  leased_to uuid,
  leased_until timestamptz,
  finished_how text,
  last_attempt_id uuid,
  updated_at timestamptz not null default now(),
  primary key (organization_id, phone_bank_id, voter_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
create index phone_bank_target_by_voter on phone_bank_target (organization_id, voter_id);
select own_by_organization('phone_bank_target');

-- The lock: whoever holds the row for a voter is the only caller of the whole organization who may call that voter.
create table call_lease (
  organization_id uuid not null,
  voter_id integer not null,
  phone_bank_id uuid not null,
  caller_id uuid not null,
  leased_at timestamptz not null default now(),
  leased_until timestamptz not null,
  primary key (organization_id, voter_id)
);
select own_by_organization('call_lease');
