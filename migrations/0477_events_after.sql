-- What follows an event: thanks, a form to say how it was, notes.
create table event_after (
  organization_id uuid not null,
  event_id uuid not null,
  thanks jsonb not null default '{}',                    -- events/after/schema.ts Thanks
  feedback_form_id uuid,
  notes jsonb not null default '{}',                     -- by language
  notes_published_at timestamptz,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (organization_id, event_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, feedback_form_id) references form
);
select own_by_organization('event_after');

-- Whom thanks were sent to: once for each person, whatever sign-ups they have.
create table event_thanks (
  organization_id uuid not null,
  signup_id uuid not null,
  which text not null check (which in ('attended', 'missed')),
  made_at timestamptz not null,
  made_by text not null,
  primary key (organization_id, signup_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
select own_by_organization('event_thanks');

-- Hours are those of the shift, unless somebody says otherwise: the newest counts.
create table event_hours (
  organization_id uuid not null,
  hours_id bigint not null generated always as identity,
  signup_id uuid not null,
  shift_id uuid not null,
  minutes integer check (minutes between 0 and 1440),    -- null: those of the shift again
  reason text not null,
  at timestamptz not null,
  made_by text not null,
  primary key (organization_id, hours_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, shift_id) references event_shift
);
create index event_hours_of_signup on event_hours (signup_id, shift_id, organization_id, hours_id);
select own_by_organization('event_hours');
