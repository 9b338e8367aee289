-- What candidates of a cycle are scored by, from 1 to 5. Fixed once somebody scored.
create table endorsement_criterion (
  organization_id uuid not null,
  criterion_id uuid not null default gen_random_uuid(),
  cycle_id uuid not null,
  position integer not null,
  name jsonb not null,                                   -- {"en": …, "ko": …}
  weight integer not null check (weight between 1 and 100),
  means_1 jsonb not null default '{}',                   -- what a score of 1 says, by language
  means_3 jsonb not null default '{}',
  means_5 jsonb not null default '{}',
  primary key (organization_id, criterion_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_criterion_of on endorsement_criterion (organization_id, cycle_id, position);
select own_by_organization('endorsement_criterion');

-- One panelist's scores of one candidate, theirs alone until all of the panel are in.
create table endorsement_score (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null,
  user_id uuid not null,
  candidate_id integer not null references candidate,
  marks jsonb not null,                                  -- by criterion, 1 to 5
  notes text not null default '',
  saved_at timestamptz not null,
  primary key (organization_id, cycle_id, contest_id, user_id, candidate_id),
  foreign key (organization_id, cycle_id, contest_id, user_id) references endorsement_panelist
);
create index endorsement_score_candidate on endorsement_score (candidate_id);
select own_by_organization('endorsement_score');

-- An organizer ended the scoring of a contest before all were in.
create table endorsement_scoring_closed (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  reason text not null,
  closed_by text not null,
  closed_at timestamptz not null,
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_scoring_closed_contest on endorsement_scoring_closed (contest_id);
select own_by_organization('endorsement_scoring_closed');
revoke update, delete on endorsement_scoring_closed from hanpyo_app;
