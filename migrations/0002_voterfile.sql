-- The commons: voter files and what they say. Written by imports (owner's role); readable, not writable, for the application's role.

create table voter_file (
  file_id integer generated always as identity primary key,
  state char(2) not null,
  layout text not null,                                  -- 'us-ny'
  kind text not null check (kind in ('registration', 'history', 'phones')),
  names text[] not null,                                 -- file names as given
  sha256 text,                                           -- of the bytes read
  bytes bigint,
  received_on date,                                      -- date of the file, from its name or as stated
  imported_at timestamptz not null default now(),
  imported_by text not null,
  law_accepted_at timestamptz,                           -- when the importer accepted the law's limit on use
  counts jsonb not null                                  -- {"read":…,"added":…,"updated":…,"unchanged":…,"gone":…,"rejected":…,"seconds":…}
);

-- One run of an import, from the dry run on.
create table voter_import (
  import_id uuid primary key default gen_random_uuid(),
  layout text,
  kind text not null default 'registration',
  paths text[] not null,                                 -- where the bytes lie, inside the data folder or as given to the CLI
  names text[] not null,
  options jsonb not null default '{}',                   -- {"include_purged":false,…}
  state text not null default 'uploaded' check (state in ('uploaded', 'checked', 'queued', 'running', 'done', 'cancelled', 'failed', 'refused')),
  requested_by text not null,
  requested_at timestamptz not null default now(),
  law_accepted_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  heartbeat_at timestamptz,
  cancel_asked_at timestamptz,
  progress jsonb not null default '{}',                  -- {"phase":"reading","bytes":…,"of_bytes":…,"rows":…}
  dry_run jsonb,
  report jsonb,
  rejects_path text,
  problem jsonb,                                         -- {"code":"not_a_voter_file",…}
  file_id integer references voter_file
);

create table election (
  election_id smallint primary key,                      -- given by the importer, dense
  state char(2) not null,
  kind text not null check (kind in ('general', 'primary', 'presidential_primary', 'special', 'runoff', 'local', 'other')),
  year smallint not null,
  held_on date,                                          -- null where the file states only the year and several were held
  unique nulls not distinct (state, kind, year, held_on)
);

-- What the state says of one voter. voter_id is dense over the whole installation, so targeting can run over arrays.
-- Fixed-width columns stand first: a row is then smaller and quicker to take apart. Each partition carries unique indexes on
-- voter_id and on state_key, made by the import after loading.
create table voter_record (
  state_key bigint not null,                             -- number of state_voter_id (rules/keys.ts), unique within the state
  row_hash bigint not null,                              -- of the row as it came, to know an unchanged one
  household_key bigint,                                  -- hash of residence; null without address
  voter_id integer not null,
  file_id integer not null,                              -- last registration file that changed this record
  gone_in integer,                                       -- first file of the same source this voter was missing from
  birth_date date,                                       -- null where only the year is public
  registered_on date,
  last_voted_on date,
  birth_year smallint,
  ed smallint,                                           -- election district within ad (New York), else null
  ad smallint,                                           -- lower house district of the state
  sd smallint,                                           -- upper house district of the state
  cd smallint,                                           -- congressional
  ccd smallint,                                          -- city council
  p_korean smallint not null default 0,                  -- likely community, percent 0-100, from names alone
  p_chinese smallint not null default 0,
  p_south_asian smallint not null default 0,
  p_vietnamese smallint not null default 0,
  p_filipino smallint not null default 0,
  p_japanese smallint not null default 0,
  state char(2) not null,
  state_voter_id text not null,
  county_voter_id text,
  last_name text not null,                               -- in the case people write: McDonald, O'Neil, Min-jun
  first_name text,
  middle_name text,
  suffix text,
  last_key text not null,                                -- rules/names.ts nameKeys: letters only, for the search
  given_key text not null,                               -- first and middle name joined: 'MINJUN'
  sex char(1),                                           -- F, M, X; null unknown
  party text not null,                                   -- standard code: dem rep con wor gre lib ind oth none
  party_code text,                                       -- as the state writes it
  status text not null,                                  -- standard: active inactive military federal overseas purged preregistered
  status_code text,
  registered_by text,                                    -- standard: dmv mail agency board school local
  house_number text,                                     -- '41-25', with fraction
  street text,                                           -- with directions: 'W 32nd St'
  unit text,                                             -- 'Apt 5B'
  city text,
  zip5 text,
  zip4 text,
  county text,                                           -- slug: 'queens'
  precinct text,                                         -- where the state names precincts
  votes integer[] not null default '{}',                 -- election_id * 8 + method, newest first; method: 0 unknown 1 poll 2 early 3 mail 4 affidavit 5 military 6 other
  votes_unread text,                                     -- history entries we could not read, as they came
  mail_address text,                                     -- lines joined by newline; null where it is the residence
  districts jsonb,                                       -- further kinds: {"school":"02","civil-court":"6"}
  other jsonb                                            -- further columns as they came: previous name, …
) partition by list (state);

-- What changed between one file and the next: moved, party changed, status changed, name changed.
create table voter_change (
  voter_id integer not null,
  file_id integer not null references voter_file,
  kind text not null check (kind in ('moved', 'party', 'status', 'name', 'districts', 'gone', 'returned', 'other')),
  before jsonb not null,
  after jsonb not null,
  primary key (voter_id, file_id, kind)
);

-- Phone numbers matched to voters, several each.
create table voter_phone (
  voter_id integer not null,
  phone text not null,                                   -- E.164
  kind text not null default 'unknown' check (kind in ('mobile', 'landline', 'voip', 'unknown')),
  quality smallint not null default 50,                  -- 0-100, as the source says or by how it was matched
  matched_by text not null check (matched_by in ('state_id', 'county_id', 'name_birth_address', 'registration')),
  source text not null,                                  -- 'nyc-boe 2026-10', 'vendor X'
  received_on date not null,
  file_id integer references voter_file,
  primary key (voter_id, phone)
);
create index voter_phone_by_number on voter_phone (phone);

grant select on voter_file, voter_import, election, voter_record, voter_change, voter_phone to hanpyo_app;
