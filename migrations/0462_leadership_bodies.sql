-- Chapters, committees and boards, with offices in them; who holds one is a role with a term, as any other role.
create table body (
  organization_id uuid not null references organization,
  body_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('chapter', 'committee', 'board')),
  name jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  archived_at timestamptz,
  primary key (organization_id, body_id)
);
select own_by_organization('body');

create table body_office (
  organization_id uuid not null,
  office_id uuid not null default gen_random_uuid(),
  body_id uuid not null,
  name jsonb not null,
  seats integer check (seats between 1 and 200),          -- held at once; null: any number
  term_months integer check (term_months between 1 and 120), -- as usual; null: no end is foreseen
  position integer not null,
  archived_at timestamptz,
  primary key (organization_id, office_id),
  foreign key (organization_id, body_id) references body on delete cascade
);
create index body_office_of_body on body_office (organization_id, body_id, position);
select own_by_organization('body_office');

alter table person_role add column office_id uuid;
alter table person_role add foreign key (organization_id, office_id) references body_office;
create index person_role_of_office on person_role (organization_id, office_id) where office_id is not null;
