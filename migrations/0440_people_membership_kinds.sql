-- Kinds of membership are the organization's own: what they cost, how long a payment lasts, whether somebody approves.
create table membership_kind (
  organization_id uuid not null references organization,
  kind text not null check (kind ~ '^[a-z][a-z0-9_]{0,49}$'),
  name jsonb not null,                                   -- {"en": …, "ko": …}
  dues_cents integer not null default 0 check (dues_cents between 0 and 10000000), -- 0: none
  reduced_cents integer check (reduced_cents between 0 and dues_cents), -- null: no reduced dues
  period_months integer default 12 check (period_months between 1 and 120), -- null: paid once for life
  grace_days integer not null default 30 check (grace_days between 0 and 366),
  needs_approval boolean not null default false,
  is_public boolean not null default true,               -- may be chosen on the application form
  position integer not null,
  archived_at timestamptz,
  primary key (organization_id, kind)
);
select own_by_organization('membership_kind');

-- What every organization starts with, to be changed at will.
create function add_membership_kinds(starting uuid) returns void language sql as $$
  insert into membership_kind (organization_id, kind, name, period_months, is_public, position) values
    (starting, 'regular', '{"en": "Regular", "ko": "일반 회원"}', 12, true, 1),
    (starting, 'student', '{"en": "Student", "ko": "학생 회원"}', 12, true, 2),
    (starting, 'senior', '{"en": "Senior", "ko": "시니어 회원"}', 12, true, 3),
    (starting, 'family', '{"en": "Family", "ko": "가족 회원"}', 12, true, 4),
    (starting, 'honorary', '{"en": "Honorary", "ko": "명예 회원"}', null, false, 5)
$$;
select add_membership_kinds(organization_id) from organization;
-- A kind there was before, kept where it is used.
insert into membership_kind (organization_id, kind, name, is_public, position)
  select distinct organization_id, 'associate', '{"en": "Associate", "ko": "준회원"}'::jsonb, false, 6 from membership where kind = 'associate';

create function organization_has_kinds() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform add_membership_kinds(new.organization_id);
  return null;
end $$;
create trigger has_kinds after insert on organization for each row execute function organization_has_kinds();

alter table membership drop constraint membership_kind_check;
alter table membership add foreign key (organization_id, kind) references membership_kind;

-- A period that is paid for, or free of dues. What it does to the standing are rows of `membership` with its id.
create table dues (
  organization_id uuid not null,
  dues_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  kind text not null,
  from_on date not null,
  until_on date check (until_on >= from_on),             -- included; null: for life
  how text not null check (how in ('paid', 'waived', 'elsewhere')), -- elsewhere: paid, but not through this ledger
  amount_cents integer not null check (amount_cents >= 0),
  reason text,                                           -- why waived, or why it was not the usual amount
  paid_on date not null,
  grace_days integer not null check (grace_days >= 0),   -- of the kind, as they were then
  awaits_approval boolean not null,                      -- counts only from the day somebody approves
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  taken_back_at timestamptz,                             -- refunded, or recorded by mistake
  taken_back_by text,
  taken_back_why text,
  primary key (organization_id, dues_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, kind) references membership_kind
);
create index dues_by_person on dues (organization_id, person_id, kind);
select own_by_organization('dues');

alter table membership
  add column dues_id uuid;                               -- written by these dues; no reference, for a merge moves both
