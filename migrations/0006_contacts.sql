-- Contact attempts: one row for each try to reach somebody, on any channel, with its result and answers.
create table contact_attempt (
  organization_id uuid not null references organization,
  attempt_id uuid not null,                              -- made on the device that recorded it
  voter_id integer,
  person_id uuid,
  channel text not null check (channel in ('phone', 'text', 'email', 'post', 'door', 'event', 'inbound_phone')),
  disposition text not null,                             -- contacts/schema.ts
  is_reached boolean not null,
  phone text,                                            -- number dialled
  language text,                                         -- of the conversation
  phone_bank_id uuid,
  caller_id uuid,
  made_by text not null,                                 -- name of the caller
  started_at timestamptz,
  attempted_at timestamptz not null,                     -- by the device's clock, corrected
  recorded_at timestamptz not null default now(),
  call_back_at timestamptz,
  spoke_with text check (spoke_with in ('voter', 'household', 'other')),
  note text,
  script_id uuid,
  script_version integer,
  was_lost boolean not null default false,               -- the caller's lease had run out when the result came
  effects jsonb not null default '{}',                   -- what it changed elsewhere, so that it can be taken back whole
  undone_at timestamptz,
  undone_by text,
  primary key (organization_id, attempt_id),
  check (voter_id is not null or person_id is not null)
);
-- What tells rows apart stands first: by organization_id alone they must never look as good as the primary key, which they
-- do to a plan made while the table was empty.
create index contact_attempt_by_voter on contact_attempt (voter_id, organization_id, attempted_at desc);
create index contact_attempt_by_person on contact_attempt (person_id, organization_id, attempted_at desc) where person_id is not null;
create index contact_attempt_by_phone_bank on contact_attempt (phone_bank_id, organization_id, attempted_at);
select own_by_organization('contact_attempt');

create table contact_answer (
  organization_id uuid not null,
  attempt_id uuid not null,
  question text not null,                                -- question key in the script
  value jsonb not null,                                  -- choice key, list of keys, 1-5, true/false, text or number
  primary key (organization_id, attempt_id, question),
  foreign key (organization_id, attempt_id) references contact_attempt on delete cascade
);
create index contact_answer_by_question on contact_answer (question, organization_id);
select own_by_organization('contact_answer');
