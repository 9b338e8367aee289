-- People an organization has learned something about itself. A voter nobody has spoken with has no row here.

create table person (
  organization_id uuid not null references organization,
  person_id uuid not null default gen_random_uuid(),
  voter_id integer,                                      -- the matched voter record
  matched_by text check (matched_by in ('contact', 'hand', 'certain', 'import')),
  first_name text,                                       -- ours; null: as the voter record says
  middle_name text,
  last_name text,
  name_hangul text,                                      -- as the person writes it; never guessed
  preferred_title text,                                  -- 호칭: 장로님, 선생님
  birth_year smallint,
  sex char(1),
  language text,                                         -- preferred: BCP 47 primary tag
  second_language text,
  community text,                                        -- what the person says of themselves
  address text,                                          -- corrected or not in the file
  city text,
  zip5 text,
  deceased_at timestamptz,
  deceased_note text,                                    -- who said so
  custom jsonb not null default '{}',                    -- by custom_field.key
  search_text text,                                      -- kept by a trigger or command, for the search box
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  merged_into uuid,                                      -- set: this row lives on in another
  primary key (organization_id, person_id)
);
create unique index person_by_voter on person (organization_id, voter_id) where voter_id is not null and merged_into is null;
select own_by_organization('person');

create table person_phone (
  organization_id uuid not null,
  person_id uuid not null,
  phone text not null,                                   -- E.164
  kind text not null default 'unknown',
  quality text not null default 'unknown' check (quality in ('good', 'unknown', 'wrong', 'disconnected')),
  is_preferred boolean not null default false,
  source text not null,
  added_at timestamptz not null default now(),
  primary key (organization_id, person_id, phone),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index person_phone_by_number on person_phone (organization_id, phone);
select own_by_organization('person_phone');

create table person_email (
  organization_id uuid not null,
  person_id uuid not null,
  email text not null,
  quality text not null default 'unknown' check (quality in ('good', 'unknown', 'bouncing', 'wrong')),
  is_preferred boolean not null default false,
  source text not null,
  added_at timestamptz not null default now(),
  primary key (organization_id, person_id, email),
  foreign key (organization_id, person_id) references person on delete cascade
);
select own_by_organization('person_email');

create table tag (
  organization_id uuid not null references organization,
  tag text not null check (tag ~ '^[^\s,:()"]+$'),       -- usable in a targeting expression as it is
  label jsonb not null default '{}',
  primary key (organization_id, tag)
);
select own_by_organization('tag');

create table person_tag (
  organization_id uuid not null,
  person_id uuid not null,
  tag text not null,
  tagged_by text not null,
  tagged_at timestamptz not null default now(),
  primary key (organization_id, person_id, tag),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, tag) references tag
);
create index person_tag_by_tag on person_tag (organization_id, tag);
select own_by_organization('person_tag');

create table note (
  organization_id uuid not null,
  note_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  body text not null,
  written_by text not null,
  written_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (organization_id, note_id),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index note_by_person on note (organization_id, person_id);
select own_by_organization('note');

-- Consent and refusal per channel: every statement is a row, the newest counts.
create table consent (
  organization_id uuid not null,
  consent_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  channel text not null check (channel in ('phone', 'text', 'email', 'post')),
  is_given boolean not null,                             -- false: opted out
  evidence text not null,                                -- 'said so on the phone', 'web form', …
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (organization_id, consent_id),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index consent_by_person on consent (organization_id, person_id, channel, recorded_at desc);
select own_by_organization('consent');

-- Whom, and which numbers, nobody of the organization may call: by voter (before a person row exists), person, or number.
create table suppression (
  organization_id uuid not null references organization,
  suppression_id uuid not null default gen_random_uuid(),
  voter_id integer,
  person_id uuid,
  phone text,                                            -- set: this number, whoever it belongs to
  reason text not null check (reason in ('do_not_call', 'deceased', 'wrong_number', 'disconnected', 'moved', 'hostile', 'legal')),
  marked_by text not null,
  marked_at timestamptz not null default now(),
  note text,
  taken_back_at timestamptz,
  taken_back_by text,
  primary key (organization_id, suppression_id),
  check (voter_id is not null or person_id is not null or phone is not null)
);
create index suppression_by_voter on suppression (organization_id, voter_id) where taken_back_at is null;
create index suppression_by_phone on suppression (organization_id, phone) where taken_back_at is null;
create index suppression_by_person on suppression (organization_id, person_id) where taken_back_at is null;
select own_by_organization('suppression');

create table relationship (
  organization_id uuid not null,
  relationship_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  other_person_id uuid not null,
  kind text not null check (kind in ('spouse', 'parent', 'child', 'sibling', 'relative', 'friend', 'colleague', 'referred_by', 'household')),
  note text,
  created_at timestamptz not null default now(),
  primary key (organization_id, relationship_id),
  unique (organization_id, person_id, other_person_id, kind),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, other_person_id) references person on delete cascade
);
select own_by_organization('relationship');

create table custom_field (
  organization_id uuid not null references organization,
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  label jsonb not null,
  kind text not null check (kind in ('text', 'number', 'date', 'yes_no', 'choice')),
  choices jsonb not null default '[]',
  position smallint not null default 0,
  is_for_callers boolean not null default false,
  archived_at timestamptz,
  primary key (organization_id, key)
);
select own_by_organization('custom_field');

-- 'Not the same person', remembered for good; and candidates for a merge found in the background.
create table person_pair (
  organization_id uuid not null,
  person_a uuid not null,
  person_b uuid not null check (person_a < person_b),
  score real not null,
  evidence jsonb not null,
  state text not null default 'open' check (state in ('open', 'different', 'merged')),
  decided_by text,
  decided_at timestamptz,
  primary key (organization_id, person_a, person_b)
);
select own_by_organization('person_pair');

-- Everything needed to take a merge back.
create table person_merge (
  organization_id uuid not null,
  merge_id uuid not null default gen_random_uuid(),
  kept uuid not null,
  merged uuid not null,
  before jsonb not null,
  merged_by text not null,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by text,
  primary key (organization_id, merge_id)
);
select own_by_organization('person_merge');

-- A CSV of people: mapping, preview and result, so that it can be looked at and undone.
create table person_import (
  organization_id uuid not null references organization,
  import_id uuid not null default gen_random_uuid(),
  name text not null,
  path text not null,
  mapping jsonb not null default '{}',
  match_key text,
  state text not null default 'uploaded' check (state in ('uploaded', 'previewed', 'running', 'done', 'undone', 'failed')),
  preview jsonb,
  report jsonb,
  undo jsonb,
  imported_by text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, import_id)
);
select own_by_organization('person_import');
