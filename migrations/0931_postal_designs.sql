-- What stands on the pieces of a drop, and the barcode's mailer.
alter table postal_drop
  add column design jsonb not null default '{}',
  add column first_serial integer;                       -- of the barcodes, with the mailer of the design; piece n has first_serial + n - 1

create table postal_picture (
  organization_id uuid not null,
  drop_id uuid not null,
  type text not null check (type in ('image/jpeg', 'image/png')),
  content bytea not null,
  kept_at timestamptz not null,
  primary key (organization_id, drop_id),
  foreign key (organization_id, drop_id) references postal_drop on delete cascade
);
select own_by_organization('postal_picture');
