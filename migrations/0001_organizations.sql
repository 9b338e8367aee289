-- Organizations, who belongs to them, the audit trail, and the means by which every table of theirs is closed to others.

-- The web process logs in as this role. It is no superuser and cannot pass row-level security.
do $$ begin
  if not exists (select from pg_roles where rolname = 'hanpyo_app') then
    create role hanpyo_app login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
end $$;
grant usage on schema public to hanpyo_app;

create extension if not exists pg_trgm;

-- The organization whose rows this transaction may touch; null (no rows) where nothing set it.
create function current_organization() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.organization_id', true), '')::uuid;

-- Closes a table to all but the organization that owns the row. Call once for every table with an organization_id.
create function own_by_organization(owned regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', owned);
  execute format('create policy own_rows on %s using (organization_id = current_organization()) with check (organization_id = current_organization())', owned);
  execute format('grant select, insert, update, delete on %s to hanpyo_app', owned);
end $$;

create table organization (
  organization_id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name jsonb not null,                                   -- {"en": …, "ko": …}
  languages text[] not null default '{en,ko}',           -- those its texts are written in, first is the fallback
  time_zone text not null default 'America/New_York',
  calling_starts time not null default '09:00',          -- default hours of its phone banks, in the voter's zone
  calling_ends time not null default '21:00',
  call_back_phone text,                                  -- the number volunteers leave on voicemail, E.164
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);
select own_by_organization('organization');

-- A user of the installation with one or more roles in an organization. user_id is auth."user".id.
create table member (
  organization_id uuid not null references organization,
  user_id uuid not null,
  display_name text not null,
  roles text[] not null check (roles <@ '{organizer,host,caller,treasurer,board,member}' and cardinality(roles) > 0),
  joined_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (organization_id, user_id)
);
create index member_by_user on member (user_id);
select own_by_organization('member');

-- Installation stewards: import voter files into the commons, see the health of the server.
create table steward (
  user_id uuid primary key,
  since timestamptz not null default now()
);
grant select on steward to hanpyo_app;

create table invitation (
  organization_id uuid not null references organization,
  invitation_id uuid not null default gen_random_uuid(),
  token_hash text not null unique,                       -- sha256 of the token in the link
  roles text[] not null check (roles <@ '{organizer,host,caller,treasurer,board,member}' and cardinality(roles) > 0),
  email text,
  note text,
  invited_by uuid not null,
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  primary key (organization_id, invitation_id)
);
select own_by_organization('invitation');

-- Who did what to which row. The application may add to it and read it, never change it.
create table audit_entry (
  audit_id bigint generated always as identity primary key,
  organization_id uuid references organization,          -- null: the commons (voter files), or the installation
  at timestamptz not null default now(),
  actor_kind text not null check (actor_kind in ('user', 'caller', 'cli', 'system')),
  actor_id text,
  actor_name text not null,
  action text not null,                                  -- 'person.update', 'voterfile.export', …
  subject text not null,                                 -- table of the row
  subject_id text,
  before jsonb,
  after jsonb,
  request_id text
);
create index audit_by_organization on audit_entry (organization_id, audit_id desc);
create index audit_by_subject on audit_entry (organization_id, subject, subject_id, audit_id desc);
alter table audit_entry enable row level security;
create policy own_rows on audit_entry for select using (organization_id = current_organization());
create policy add_only on audit_entry for insert with check (organization_id = current_organization());
grant select, insert on audit_entry to hanpyo_app;
