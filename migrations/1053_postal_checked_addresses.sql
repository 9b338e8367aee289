-- Addresses as certified software (CASS) has them, beside ours, and who moved by the post's own records (NCOALink). Files are
-- looked at first and taken over when somebody says so.
create table postal_address (
  organization_id uuid not null,
  address_id bigint generated always as identity,
  address_key text not null,                             -- as addressKey of no-paper/rules.ts
  delivery text not null,                                -- as it was asked: the original stays
  unit text,
  city text not null,
  state text not null,
  zip5 text not null,
  zip4 text,
  asked_at timestamptz not null,
  found jsonb,                                           -- {"delivery":…,"unit":…,"city":…,"state":…,"zip5":…,"zip4":…,"delivery_point":…,"dpv":…,"footnotes":…}
  checked_on date,
  primary key (organization_id, address_id),
  unique (organization_id, address_key)
);
select own_by_organization('postal_address');

create table postal_checked_file (
  organization_id uuid not null references organization,
  file_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('cass', 'ncoa')),
  name text not null,
  checked_on date not null,                              -- the day the certified software ran
  state text not null check (state in ('looked_at', 'applying', 'applied')),
  counts jsonb not null,                                 -- rows by verdict
  brought_by text not null,
  brought_by_id text not null,
  brought_at timestamptz not null,
  applied_at timestamptz,
  primary key (organization_id, file_id)
);
create index postal_checked_file_brought on postal_checked_file (organization_id, brought_at desc);
select own_by_organization('postal_checked_file');

create table postal_checked_row (
  organization_id uuid not null,
  file_id uuid not null,
  line integer not null,                                 -- of the file
  address_id bigint,                                     -- CASS
  voter_id integer,                                      -- NCOA
  verdict text not null,
  found jsonb not null,
  applied_at timestamptz,
  primary key (organization_id, file_id, line),
  foreign key (organization_id, file_id) references postal_checked_file on delete cascade
);
create index postal_checked_row_voter on postal_checked_row (organization_id, voter_id) where voter_id is not null;
select own_by_organization('postal_checked_row');

alter table postal_piece add column delivery_point text;  -- two digits of the barcode behind ZIP+4
