-- Whoever wants to become a member, as they wrote it themselves.
create table membership_application (
  organization_id uuid not null,
  application_id uuid not null,                          -- made with the page: what is sent twice is one
  person_id uuid not null,
  kind text not null,
  language text not null,                                -- of the page
  said jsonb not null,
  how text not null check (how in ('made', 'linked', 'joined', 'unsure')), -- as arrivals have it
  state text not null check (state in ('waiting', 'approved', 'declined')),
  received_at timestamptz not null,
  decided_by text,                                       -- null: its kind asks nobody
  decided_at timestamptz,
  reason text,                                           -- why declined
  primary key (organization_id, application_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, kind) references membership_kind
);
create index membership_application_by_state on membership_application (organization_id, state, received_at);
select own_by_organization('membership_application');

-- The page where everybody may apply.
create table membership_page (
  organization_id uuid primary key references organization,
  is_open boolean not null default false,
  intro jsonb not null default '{}',                     -- {"en": …, "ko": …}
  how_to_pay jsonb not null default '{}',                -- in the welcome mail and on reminders
  framed_by text[] not null default '{}',                -- origins of sites that may show the page inside theirs
  sends_reminders boolean not null default false
);
select own_by_organization('membership_page');

-- Mail about a membership that was sent: once for each of these.
create table membership_reminder (
  organization_id uuid not null,
  dues_id uuid not null,
  kind text not null check (kind in ('before', 'end', 'grace')),
  person_id uuid not null,
  sent_to text not null,
  at timestamptz not null,
  primary key (organization_id, dues_id, kind),
  foreign key (organization_id, person_id) references person on delete cascade
);
select own_by_organization('membership_reminder');
