-- Where a person can be met or written to besides the home in person.address and the voter record: each with what we know of it.
-- A row with the words of the home or of the voter record says how good that one is.
create table person_address (
  organization_id uuid not null,
  person_id uuid not null,
  address_key text not null,                             -- letters and digits of address and zip5, in small letters: one row for one place
  kind text not null check (kind in ('home', 'mailing', 'work', 'other', 'earlier')),
  address text not null,
  city text,
  zip5 text,
  quality text not null default 'unknown' check (quality in ('good', 'unknown', 'undeliverable', 'moved')),
  is_preferred boolean not null default false,           -- post goes here
  source text not null,
  added_at timestamptz not null default now(),
  primary key (organization_id, person_id, address_key),
  foreign key (organization_id, person_id) references person on delete cascade
);
create unique index person_address_preferred on person_address (organization_id, person_id) where is_preferred;
select own_by_organization('person_address');
