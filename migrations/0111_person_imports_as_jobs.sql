-- Imports of people run in the background: what is asked for, how far it is, who asked.
alter table person_import drop constraint person_import_state_check;
alter table person_import add constraint person_import_state_check
  check (state in ('uploaded', 'planning', 'previewed', 'running', 'done', 'undoing', 'undone', 'failed'));
alter table person_import add column row_count integer not null default 0;
alter table person_import add column rows_done integer not null default 0;
alter table person_import add column asked_by jsonb;                 -- {kind, id, name}: the audit names them
alter table person_import add column began_at timestamptz;           -- this piece of work; null: it waits
alter table person_import add column resumed_at timestamptz;         -- it was cut off and began again
alter table person_import add column cancel_asked_at timestamptz;
alter table person_import add column problem text;                   -- why the last piece of work changed nothing

-- What each row of a sheet will do or did, and what undoing it needs. Small pieces instead of one value per import.
create table person_import_row (
  organization_id uuid not null,
  import_id uuid not null,
  line integer not null,
  kind text not null check (kind in ('create', 'update', 'unchanged', 'unsure', 'refused')),
  person_id uuid,
  effect jsonb not null,
  undo jsonb,
  primary key (organization_id, import_id, line),
  foreign key (organization_id, import_id) references person_import on delete cascade
);
select own_by_organization('person_import_row');

-- Whom a row turned out to be where its name alone left it open: the same row again is the same person.
create table person_import_known (
  organization_id uuid not null,
  fingerprint text not null,
  person_id uuid not null,
  primary key (organization_id, fingerprint),
  foreign key (organization_id, person_id) references person on delete cascade
);
select own_by_organization('person_import_known');
create index person_import_known_by_person on person_import_known (organization_id, person_id);

-- Imports done before this keep their undo.
insert into person_import_row (organization_id, import_id, line, kind, person_id, effect, undo)
select organization_id, import_id, n, 'create', (u->>'person_id')::uuid, '{}'::jsonb, u
from person_import, jsonb_array_elements(undo->'created') with ordinality as x (u, n) where undo is not null
union all
select organization_id, import_id, 1000000 + n, 'update', (u->>'person_id')::uuid, '{}'::jsonb, u
from person_import, jsonb_array_elements(undo->'updated') with ordinality as x (u, n) where undo is not null;
