-- Where a membership stands from a day on. The newest row of a kind up to a day says how it stood that day; nothing is overwritten.
create table membership (
  organization_id uuid not null,
  membership_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  kind text not null check (kind in ('regular', 'associate', 'student', 'honorary')),
  standing text not null check (standing in ('applied', 'approved', 'active', 'grace', 'lapsed', 'resigned', 'expelled')),
  from_on date not null,
  note text,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  removed_at timestamptz,                                -- recorded by mistake
  removed_by text,
  primary key (organization_id, membership_id),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index membership_by_person on membership (organization_id, person_id, from_on desc, recorded_at desc);
select own_by_organization('membership');
