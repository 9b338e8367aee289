-- Roles held in the organization, with their terms.
create table person_role (
  organization_id uuid not null,
  role_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  name text not null,
  from_on date not null,
  until_on date,                                         -- included; null: no end yet
  recorded_by text not null,
  recorded_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  primary key (organization_id, role_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  check (until_on >= from_on)
);
create index person_role_by_person on person_role (organization_id, person_id);
select own_by_organization('person_role');

create table training (
  organization_id uuid not null references organization,
  training_id uuid not null default gen_random_uuid(),
  name jsonb not null,
  lasts_months integer check (lasts_months between 1 and 120), -- null: for good
  made_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (organization_id, training_id)
);
select own_by_organization('training');

create table training_passed (
  organization_id uuid not null,
  passed_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  training_id uuid not null,
  passed_on date not null,
  until_on date,                                         -- included; null: for good
  recorded_by text not null,
  recorded_at timestamptz not null,
  removed_at timestamptz,
  removed_by text,
  primary key (organization_id, passed_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, training_id) references training
);
create index training_passed_by_person on training_passed (organization_id, person_id);
select own_by_organization('training_passed');

-- Two people, each a row of its own, so that a merge moves either.
create table mentoring (
  organization_id uuid not null references organization,
  mentoring_id uuid not null default gen_random_uuid(),
  from_on date not null,
  until_on date,                                         -- included; null: goes on
  goal text,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (organization_id, mentoring_id),
  check (until_on >= from_on)
);
select own_by_organization('mentoring');

create table mentoring_person (
  organization_id uuid not null,
  mentoring_person_id uuid not null default gen_random_uuid(),
  mentoring_id uuid not null,
  side text not null check (side in ('mentor', 'mentee')),
  person_id uuid not null,
  primary key (organization_id, mentoring_person_id),
  unique (organization_id, mentoring_id, side),
  foreign key (organization_id, mentoring_id) references mentoring on delete cascade,
  foreign key (organization_id, person_id) references person on delete cascade
);
create index mentoring_person_by_person on mentoring_person (organization_id, person_id);
select own_by_organization('mentoring_person');

-- Which training somebody must have passed before a delegation of a kind is given.
create table delegation_rule (
  organization_id uuid not null references organization,
  what text not null,
  training_id uuid not null,
  primary key (organization_id, what),
  foreign key (organization_id, training_id) references training
);
select own_by_organization('delegation_rule');
