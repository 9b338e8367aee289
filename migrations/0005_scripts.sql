-- Scripts. Content lives in versions; a version that was used is never changed.
create table script (
  organization_id uuid not null references organization,
  script_id uuid not null default gen_random_uuid(),
  name text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (organization_id, script_id)
);
select own_by_organization('script');

create table script_version (
  organization_id uuid not null,
  script_id uuid not null,
  version integer not null,
  content jsonb not null,                                -- scripts/schema.ts ScriptContent
  created_by text not null,
  created_at timestamptz not null default now(),
  first_used_at timestamptz,                             -- set: frozen
  primary key (organization_id, script_id, version),
  foreign key (organization_id, script_id) references script on delete cascade
);
select own_by_organization('script_version');
