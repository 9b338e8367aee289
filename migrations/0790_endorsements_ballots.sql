-- The members' vote of a cycle. Who voted is known, how is not: docs/ballot-secrecy.md says why no table here has a row for
-- a single ballot.
create table endorsement_vote (
  organization_id uuid not null,
  cycle_id uuid not null,
  rules_version integer not null,                        -- the vote is held by them; later ones move its last day alone
  slate jsonb not null,                                  -- who stands on the ballot: [{contest_id, candidates: [{candidate_id, name, names}]}]
  seed text not null,                                    -- decides ties, public from the beginning
  as_of_on date not null,                                -- the day on which the roll was made
  made_by text not null,
  made_at timestamptz not null,
  counted_by text,
  counted_at timestamptz,
  primary key (organization_id, cycle_id),
  foreign key (organization_id, cycle_id, rules_version) references endorsement_rules,
  check ((counted_by is null) = (counted_at is null))
);
select own_by_organization('endorsement_vote');

-- Every member as they stood on that day, also those who may not vote, with why.
create table endorsement_roll (
  organization_id uuid not null,
  roll_id uuid not null default gen_random_uuid(),
  cycle_id uuid not null,
  person_id uuid not null,
  facts jsonb not null,
  reasons text[] not null,                               -- why they may not vote; empty: nothing is against it
  may_vote boolean not null,                             -- after what was decided of challenges
  has_declared boolean not null default false,           -- said how they are tied to candidates, or that they are not
  credential_hash text,                                  -- SHA-256 of the one that counts; a later one replaces it
  credential_by text check (credential_by in ('link', 'account', 'device')),
  mailed_to text,
  voted_by text check (voted_by in ('link', 'account', 'device', 'paper')),
  primary key (organization_id, roll_id),
  unique (organization_id, cycle_id, person_id),
  unique (organization_id, credential_hash),
  foreign key (organization_id, cycle_id) references endorsement_vote,
  foreign key (organization_id, person_id) references person,
  check ((credential_hash is null) = (credential_by is null))
);
create index endorsement_roll_person on endorsement_roll (organization_id, person_id);
select own_by_organization('endorsement_roll');

create table endorsement_challenge (
  organization_id uuid not null,
  challenge_id uuid not null default gen_random_uuid(),
  roll_id uuid not null,
  wants boolean not null,                                -- that they may vote, or may not
  reason text not null,
  raised_by text not null,
  raised_at timestamptz not null,
  is_upheld boolean,
  decision text,                                         -- why so
  decided_by text,
  decided_at timestamptz,
  primary key (organization_id, challenge_id),
  foreign key (organization_id, roll_id) references endorsement_roll,
  check (num_nulls(is_upheld, decision, decided_by, decided_at) in (0, 4))
);
create index endorsement_challenge_of on endorsement_challenge (organization_id, roll_id);
select own_by_organization('endorsement_challenge');

-- How a member is tied to a candidate of a contest; the rules say what follows.
create table endorsement_tie (
  organization_id uuid not null,
  roll_id uuid not null,
  contest_id integer not null references contest,
  tie text not null check (tie in ('paid_staff', 'family', 'candidate', 'volunteer', 'donor')),
  declared_by text not null,
  primary key (organization_id, roll_id, contest_id, tie),
  foreign key (organization_id, roll_id) references endorsement_roll
);
create index endorsement_tie_contest on endorsement_tie (contest_id);
select own_by_organization('endorsement_tie');

-- All ballots of a contest as one sealed text, ordered by their random numbers and written anew with each ballot.
create table endorsement_box (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  sealed text not null,
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
create index endorsement_box_contest on endorsement_box (contest_id);
select own_by_organization('endorsement_box');

-- What came out: the list of ballots as published, and the account of their count.
create table endorsement_count (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  ballots text not null,                                 -- CSV as docs/tally.md has it
  account jsonb not null,
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
create index endorsement_count_contest on endorsement_count (contest_id);
select own_by_organization('endorsement_count');
revoke update, delete on endorsement_count from hanpyo_app;
