-- Layouts of voter files that this installation described itself. Every change is a version of its own: an import keeps the one it was read by.

create table voter_layout (
  name text not null check (name ~ '^own-[a-z]{2}-[a-z0-9-]+$'),
  version integer not null check (version > 0),
  state char(2) not null,
  title text not null,
  layout jsonb not null,                                 -- the declarative form, as the built-in ones have it
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (name, version)
);

grant select on voter_layout to hanpyo_app;
