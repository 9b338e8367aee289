-- The files of a drop for the printer: made part by part, so that what was interrupted goes on where it stopped.
alter table postal_drop
  add column print_state text check (print_state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  add column printed_by text,
  add column printed_by_id text,
  add column printed_at timestamptz;

create table postal_file (
  organization_id uuid not null,
  drop_id uuid not null,
  name text not null,
  pieces integer not null,                               -- of a part; 0 of the others
  bytes bigint not null,
  sha256 text not null,
  made_at timestamptz not null,
  primary key (organization_id, drop_id, name),
  foreign key (organization_id, drop_id) references postal_drop on delete cascade
);
select own_by_organization('postal_file');
