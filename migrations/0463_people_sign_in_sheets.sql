-- Sign-in sheets on paper: printed, typed in line by line, photographed.
create table sign_in_sheet (
  organization_id uuid not null references organization,
  sheet_id uuid not null default gen_random_uuid(),
  number integer not null,
  title text not null,
  held_on date not null,
  lines integer not null check (lines between 1 and 100),
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, sheet_id),
  unique (organization_id, number)
);
select own_by_organization('sign_in_sheet');

create table sign_in_line (
  organization_id uuid not null,
  line_id uuid not null default gen_random_uuid(),
  sheet_id uuid not null,
  line integer not null check (line between 1 and 100),
  person_id uuid not null,
  said jsonb not null,                                   -- as somebody wrote it
  how text not null check (how in ('made', 'linked', 'joined', 'unsure', 'chosen')),
  typed_by text not null,
  typed_at timestamptz not null,
  primary key (organization_id, line_id),
  unique (organization_id, sheet_id, line),
  foreign key (organization_id, sheet_id) references sign_in_sheet on delete cascade,
  foreign key (organization_id, person_id) references person on delete cascade
);
create index sign_in_line_by_person on sign_in_line (organization_id, person_id);
select own_by_organization('sign_in_line');

-- With the rows, so that a backup has both and nobody else's organization reads it.
create table sign_in_photo (
  organization_id uuid not null,
  photo_id uuid not null default gen_random_uuid(),
  sheet_id uuid not null,
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
  content bytea not null,
  added_by text not null,
  added_at timestamptz not null,
  primary key (organization_id, photo_id),
  foreign key (organization_id, sheet_id) references sign_in_sheet on delete cascade
);
create index sign_in_photo_of_sheet on sign_in_photo (organization_id, sheet_id, added_at);
select own_by_organization('sign_in_photo');
