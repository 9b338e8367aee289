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
  language_fallback boolean not null default true,       -- likely speakers of another language go to whoever is free, last
  join_code text not null unique,                        -- in link and QR; a new one closes the old link
  join_closed_at timestamptz,
  goal_contacts integer,
  created_by text not null,
  created_at timestamptz not null default now(),
  zones text[] not null default '{}',                    -- of its voters
  prepared_at timestamptz,                               -- when its list was last put together; null: being prepared
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

-- One row for each voter of the phone bank. A voter is in exactly one state; while leased, `why` and `next_at` keep what
-- they were, so that a voter given back is where they came from.
create table phone_bank_target (
  organization_id uuid not null,
  phone_bank_id uuid not null,
  voter_id integer not null,
  position integer not null,                             -- order of the first pass
  attempts smallint not null default 0,
  is_language_known boolean not null default false,      -- said by the person; else likely, from the name
  state text not null default 'ready' check (state in ('ready', 'leased', 'waiting', 'finished', 'suppressed')),
  why text,                                              -- waiting: resting, call_back, next_number, handed_on, elsewhere, skipped; suppressed: the reason; finished: how
  time_zone text not null,                               -- of the voter's home
  language text not null default 'und',                  -- known or likely; 'und': neither
  next_at timestamptz not null default '-infinity',      -- waiting: until then
  call_back_for uuid,                                    -- preferred caller
  not_for uuid,                                          -- who skipped this voter
  leased_to uuid,
  last_attempt_id uuid,
  phones text[] not null default '{}',                   -- numbers left to try, the first is next
  together integer[],                                    -- the others of the household or on the same line, by id, handed out with this one
  primary key (organization_id, phone_bank_id, voter_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
) with (fillfactor = 80);
create index phone_bank_target_by_voter on phone_bank_target (voter_id, organization_id);
create index phone_bank_target_ready on phone_bank_target (organization_id, phone_bank_id, time_zone, language, is_language_known, position)
  where state = 'ready';
create index phone_bank_target_first on phone_bank_target (organization_id, phone_bank_id, next_at)
  where state = 'waiting' and why in ('call_back', 'next_number', 'handed_on');
create index phone_bank_target_again on phone_bank_target (organization_id, phone_bank_id, time_zone, language, is_language_known, next_at)
  where state = 'waiting' and why in ('resting', 'elsewhere', 'skipped');
select own_by_organization('phone_bank_target');

-- The lock: whoever holds the row for a voter is the only caller of the whole organization who may call that voter, and
-- nobody else may ring the same line meanwhile.
create table call_lease (
  organization_id uuid not null,
  voter_id integer not null,
  phone_bank_id uuid not null,
  caller_id uuid not null,
  line text,                                             -- the number; null for further people on a line already held
  leased_at timestamptz not null,
  leased_until timestamptz not null,
  primary key (organization_id, voter_id)
);
create unique index call_lease_by_line on call_lease (line, organization_id);
create index call_lease_by_caller on call_lease (caller_id, organization_id);
create index call_lease_by_end on call_lease (leased_until, organization_id);
select own_by_organization('call_lease');
