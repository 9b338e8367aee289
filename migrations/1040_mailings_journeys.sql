-- Sequences of e-mail: whoever fits comes in once, gets each step in its time, and leaves.
create table mail_journey (
  organization_id uuid not null references organization,
  journey_id uuid not null default gen_random_uuid(),
  name text not null,
  lane text not null check (lane in ('member_communication', 'coordinated', 'independent', 'non_partisan')),
  expression text not null default '',                   -- who comes in, a targeting expression over people
  event_id uuid,                                         -- instead: whoever is signed up for it; waits are counted back from its start
  exits text not null default '',                        -- whoever fits this leaves, whatever is left of it
  takes_all boolean not null default false,              -- those too who fitted before it was started
  rest_hours integer not null default 24 check (rest_hours between 0 and 720), -- so long after any other mail to many
  state text not null default 'draft' check (state in ('draft', 'running', 'paused', 'ended')),
  problem text,
  made_by text not null,
  made_at timestamptz not null,
  started_at timestamptz,
  met_at timestamptz,                                    -- when those were noted who fitted before
  primary key (organization_id, journey_id)
);
select own_by_organization('mail_journey');

-- Each step is a mailing of its own, with its rows, report and way to stop it; only its list is made one by one.
alter table mailing
  add column journey_id uuid,
  add foreign key (organization_id, journey_id) references mail_journey;
create table mail_journey_step (
  organization_id uuid not null,
  journey_id uuid not null,
  n integer not null,
  mailing_id uuid not null,
  wait_hours integer not null check (wait_hours between 0 and 8760), -- after the step before; of an event, before it starts
  primary key (organization_id, journey_id, n),
  foreign key (organization_id, journey_id) references mail_journey,
  foreign key (organization_id, mailing_id) references mailing
);
select own_by_organization('mail_journey_step');

-- Who is where. One row for each person and journey, ever: nobody walks it twice.
create table mail_journey_person (
  organization_id uuid not null,
  journey_id uuid not null,
  person_id uuid not null,
  entered_at timestamptz not null,
  last_n integer not null default 0,                     -- the step they had last
  next_at timestamptz,
  left_at timestamptz,
  left_for text,
  primary key (organization_id, journey_id, person_id),
  foreign key (organization_id, journey_id) references mail_journey
);
create index mail_journey_person_due on mail_journey_person (organization_id, journey_id, next_at) where left_at is null;
create index mail_journey_person_person on mail_journey_person (organization_id, person_id);
select own_by_organization('mail_journey_person');
