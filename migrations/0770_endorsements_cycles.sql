-- A cycle of endorsements: which contests, by which rules, until when. Interviews, scores, ballots and results name a
-- cycle and one of its contests.
create table endorsement_cycle (
  organization_id uuid not null references organization,
  cycle_id uuid not null default gen_random_uuid(),
  name jsonb not null,                                   -- {"en": …, "ko": …}
  intro jsonb not null default '{}',
  opened_at timestamptz,                                 -- from then on everybody reads its page, and rules change with a reason only
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, cycle_id)
);
select own_by_organization('endorsement_cycle');

-- Rules as they were from one change to the next. Until the cycle opens there is one row, which is written over.
create table endorsement_rules (
  organization_id uuid not null,
  cycle_id uuid not null,
  version integer not null,
  rules jsonb not null,
  reason jsonb,                                          -- why they were changed after opening, by language
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, cycle_id, version),
  foreign key (organization_id, cycle_id) references endorsement_cycle,
  check (version = 1 or reason is not null)
);
select own_by_organization('endorsement_rules');

create table endorsement_contest (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_contest_of on endorsement_contest (contest_id);
select own_by_organization('endorsement_contest');
