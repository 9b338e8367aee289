-- Help somebody asked for, until it is settled: what is to be done for it are tasks, with who sees to them and by when.
create table help_case_kind (
  organization_id uuid not null references organization,
  kind_id uuid not null default gen_random_uuid(),
  name jsonb not null,                                   -- by language
  milestones jsonb not null default '[]',                -- leadership/cases/schema.ts Milestone[]: what a case of it begins with
  made_by text not null,
  made_at timestamptz not null,
  archived_at timestamptz,
  primary key (organization_id, kind_id)
);
select own_by_organization('help_case_kind');

create table help_case (
  organization_id uuid not null,
  case_id uuid not null default gen_random_uuid(),
  kind_id uuid not null,
  person_id uuid not null,                               -- who asked; the reader follows person.merged_into
  title text not null,
  about text,
  owner_id uuid,                                         -- a member's user id
  opened_on date not null,
  made_by text not null,
  made_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  closed_as text check (closed_as in ('settled', 'referred', 'not_settled')),
  outcome text,
  primary key (organization_id, case_id),
  foreign key (organization_id, kind_id) references help_case_kind,
  foreign key (organization_id, person_id) references person on delete cascade,
  check ((closed_at is null) = (closed_as is null))
);
create index help_case_of_person on help_case (organization_id, person_id);
create index help_case_open on help_case (organization_id, opened_on) where closed_at is null;
select own_by_organization('help_case');

alter table task add column case_id uuid;
alter table task add foreign key (organization_id, case_id) references help_case on delete cascade;
create index task_of_case on task (organization_id, case_id) where case_id is not null;
