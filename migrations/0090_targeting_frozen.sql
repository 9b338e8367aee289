-- Live and frozen universes: owner, size over time, members kept, every freeze and refresh by its number, names it had before.

alter table universe
  add column kind text not null default 'live' check (kind in ('live', 'frozen')),
  add column owner text,                                 -- name of whoever answers for it
  add column owner_id text,                              -- auth."user".id, where the owner signs in
  add column version integer not null default 0;         -- of its members: the last freeze or refresh that took effect
update universe set owner = created_by;
alter table universe alter column owner set not null;

-- One freeze, refresh or thaw of a universe. `done` is written in the transaction that changes the members, so that a
-- version is wholly there or not at all.
create table universe_version (
  organization_id uuid not null,
  universe_id uuid not null,
  version integer not null,
  act text not null check (act in ('freeze', 'refresh', 'thaw')),
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  requested_by text not null,
  requested_by_id text,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  came integer,                                          -- members this version added
  went integer,                                          -- members it took out
  members integer,                                       -- afterwards
  undone_at timestamptz,
  undone_by text,
  primary key (organization_id, universe_id, version),
  foreign key (organization_id, universe_id) references universe on delete cascade
);
select own_by_organization('universe_version');
-- One at a time.
create unique index universe_version_open on universe_version (organization_id, universe_id) where state in ('queued', 'running');

-- How far a running one is; apart from it, since the transaction that takes the members must not meet these writes.
create table universe_walk (
  organization_id uuid not null,
  universe_id uuid not null,
  walked integer not null,                               -- voter ids looked at so far, of `to_walk`
  to_walk integer not null,
  walked_at timestamptz not null,
  primary key (organization_id, universe_id)
);
select own_by_organization('universe_walk');

-- A voter is a member from version `since` up to before version `until`. Undoing a version is then a change of its own rows alone.
create table universe_member (
  organization_id uuid not null,
  universe_id uuid not null,
  voter_id integer not null,
  since integer not null,
  until integer,                                         -- null: still a member
  primary key (organization_id, universe_id, voter_id, since)
); -- without a foreign key: checking it for each of a million rows takes longer than writing them
select own_by_organization('universe_member');

-- How many voters it answered with, a row for each day it was counted.
create table universe_size (
  organization_id uuid not null,
  universe_id uuid not null,
  day date not null,                                     -- in the organization's time zone
  size integer not null,
  recorded_at timestamptz not null,
  primary key (organization_id, universe_id, day),
  foreign key (organization_id, universe_id) references universe on delete cascade
);
select own_by_organization('universe_size');

-- A name it had: `in:"old name"` in an address, a phone bank or a note still finds it. Nobody else may take it.
create table universe_former_name (
  organization_id uuid not null,
  name text not null,                                    -- in small letters
  universe_id uuid not null,
  given_up_at timestamptz not null,
  primary key (organization_id, name),
  foreign key (organization_id, universe_id) references universe on delete cascade
);
select own_by_organization('universe_former_name');

-- Counts of many members at once come as a surprise to the planner, who then walks over all of them for each voter. Only the
-- owner may look anew, so this does it for the application's role.
create function analyze_universe_members() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  analyze public.universe_member;
end $$;
revoke all on function analyze_universe_members from public;
grant execute on function analyze_universe_members to hanpyo_app;
