-- Universes: a targeting expression saved under a name.
create table universe (
  organization_id uuid not null references organization,
  universe_id uuid not null default gen_random_uuid(),
  name text not null,
  expression text not null,
  note text,
  counted integer,                                       -- at counted_at
  counted_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (organization_id, universe_id)
);
create unique index universe_by_name on universe (organization_id, lower(name)) where archived_at is null;
select own_by_organization('universe');
