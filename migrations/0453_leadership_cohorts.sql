-- A year's group of a leadership forum.
create table cohort (
  organization_id uuid not null references organization,
  cohort_id uuid not null default gen_random_uuid(),
  name jsonb not null,
  about jsonb not null default '{}',
  form_id uuid,                                          -- by which people apply; null: entered by hand
  seats integer not null check (seats between 1 and 500),
  starts_on date not null,
  ends_on date not null,
  criteria jsonb not null,                               -- leadership/cohorts/schema.ts Criterion[]
  made_by text not null,
  made_at timestamptz not null,
  closed_at timestamptz,                                 -- those accepted who stayed are alumni
  primary key (organization_id, cohort_id),
  foreign key (organization_id, form_id) references form,
  check (ends_on >= starts_on)
);
select own_by_organization('cohort');

create table cohort_application (
  organization_id uuid not null,
  application_id uuid not null default gen_random_uuid(),
  cohort_id uuid not null,
  person_id uuid not null,
  response_id uuid,                                      -- of the form
  said text,                                             -- by hand: what they wrote
  applied_on date not null,
  state text not null default 'applied' check (state in ('applied', 'wait_listed', 'accepted', 'declined', 'withdrawn', 'left', 'alumni')),
  decided_by text,
  decided_at timestamptz,
  decided_why text,
  made_by text not null,
  primary key (organization_id, application_id),
  foreign key (organization_id, cohort_id) references cohort on delete cascade,
  foreign key (organization_id, person_id) references person on delete cascade
);
create index cohort_application_by_person on cohort_application (organization_id, person_id);
create index cohort_application_by_cohort on cohort_application (organization_id, cohort_id);
create unique index cohort_application_of_response on cohort_application (organization_id, cohort_id, response_id) where response_id is not null;
select own_by_organization('cohort_application');

create table cohort_score (
  organization_id uuid not null,
  application_id uuid not null,
  reader_id uuid not null,                               -- a member's user id
  reader text not null,
  scores jsonb not null,                                 -- by criterion
  note text,
  scored_at timestamptz not null,
  primary key (organization_id, application_id, reader_id),
  foreign key (organization_id, application_id) references cohort_application on delete cascade
);
select own_by_organization('cohort_score');

create table cohort_session (
  organization_id uuid not null,
  session_id uuid not null default gen_random_uuid(),
  cohort_id uuid not null,
  held_on date not null,
  title text not null,
  primary key (organization_id, session_id),
  foreign key (organization_id, cohort_id) references cohort on delete cascade
);
select own_by_organization('cohort_session');

create table cohort_attendance (
  organization_id uuid not null,
  session_id uuid not null,
  application_id uuid not null,
  state text not null check (state in ('attended', 'excused', 'missed')),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (organization_id, session_id, application_id),
  foreign key (organization_id, session_id) references cohort_session on delete cascade,
  foreign key (organization_id, application_id) references cohort_application on delete cascade
);
create index cohort_attendance_by_application on cohort_attendance (organization_id, application_id);
select own_by_organization('cohort_attendance');

create table cohort_milestone (
  organization_id uuid not null,
  milestone_id uuid not null default gen_random_uuid(),
  cohort_id uuid not null,
  name text not null,
  position integer not null,
  primary key (organization_id, milestone_id),
  foreign key (organization_id, cohort_id) references cohort on delete cascade
);
select own_by_organization('cohort_milestone');

create table cohort_milestone_reached (
  organization_id uuid not null,
  milestone_id uuid not null,
  application_id uuid not null,
  reached_on date not null,
  recorded_by text not null,
  primary key (organization_id, milestone_id, application_id),
  foreign key (organization_id, milestone_id) references cohort_milestone on delete cascade,
  foreign key (organization_id, application_id) references cohort_application on delete cascade
);
create index cohort_milestone_reached_by_application on cohort_milestone_reached (organization_id, application_id);
select own_by_organization('cohort_milestone_reached');
