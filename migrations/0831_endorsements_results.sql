-- What the organization says of a contest whose ballots are counted, by language.
create table endorsement_statement (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  statement jsonb not null,
  reasons jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
create index endorsement_statement_contest on endorsement_statement (contest_id);
select own_by_organization('endorsement_statement');

-- From then on everybody reads it.
create table endorsement_announcement (
  organization_id uuid not null,
  cycle_id uuid not null,
  announced_by text not null,
  announced_at timestamptz not null,
  primary key (organization_id, cycle_id),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
select own_by_organization('endorsement_announcement');

-- What became of it afterwards, with why: an endorsement withdrawn, or what is said of a contest changed.
create table endorsement_revision (
  organization_id uuid not null,
  revision_id uuid not null default gen_random_uuid(),
  cycle_id uuid not null,
  contest_id integer not null references contest,
  candidate_id integer references candidate,             -- whose endorsement is withdrawn; null: the words changed
  reason jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, revision_id),
  foreign key (organization_id, cycle_id) references endorsement_announcement,
  unique (organization_id, cycle_id, candidate_id)
);
create index endorsement_revision_contest on endorsement_revision (contest_id);
create index endorsement_revision_candidate on endorsement_revision (candidate_id);
select own_by_organization('endorsement_revision');
revoke update, delete on endorsement_revision from hanpyo_app;

-- Letters to candidates: their words where they are not the usual ones, and each letter as it was sent.
create table endorsement_letter_text (
  organization_id uuid not null,
  cycle_id uuid not null,
  kind text not null check (kind in ('endorsed', 'other')),
  subject jsonb not null,
  body jsonb not null,
  primary key (organization_id, cycle_id, kind),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
select own_by_organization('endorsement_letter_text');

create table endorsement_letter (
  organization_id uuid not null,
  cycle_id uuid not null,
  candidate_id integer not null references candidate,
  language text not null check (language in ('en', 'ko')),
  sent_to text not null,
  subject text not null,
  body text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  sent_at timestamptz,
  primary key (organization_id, cycle_id, candidate_id),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
create index endorsement_letter_candidate on endorsement_letter (candidate_id);
select own_by_organization('endorsement_letter');
