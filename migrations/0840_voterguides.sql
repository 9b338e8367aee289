-- What the organization works for, in its order; guides compare candidates by it.
create table agenda_issue (
  organization_id uuid not null references organization,
  issue_id uuid not null default gen_random_uuid(),
  name jsonb not null,                                   -- {"en": …, "ko": …}
  about jsonb not null default '{}',
  position integer not null,
  primary key (organization_id, issue_id)
);
select own_by_organization('agenda_issue');

-- A comparison of candidates for one election and one audience.
create table voter_guide (
  organization_id uuid not null references organization,
  guide_id uuid not null default gen_random_uuid(),
  election_id integer not null references scheduled_election,
  kind text not null check (kind in ('nonpartisan', 'own')),
  title jsonb not null,
  audience jsonb not null default '{}',
  intro jsonb not null default '{}',
  cycle_id uuid,                                         -- whose frozen answers it takes
  made_by text not null,
  made_at timestamptz not null,
  editor_ids text[] not null,                            -- whoever made a change since it was published does not publish it
  edited_by text not null,
  edited_at timestamptz not null,
  withdrawn_at timestamptz,                              -- from then until it is published anew nobody reads it
  withdrawn_by text,
  withdrawn_reason jsonb,
  primary key (organization_id, guide_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index voter_guide_election on voter_guide (election_id);
create index voter_guide_cycle on voter_guide (organization_id, cycle_id);
select own_by_organization('voter_guide');

create table voter_guide_contest (
  organization_id uuid not null,
  guide_id uuid not null,
  contest_id integer not null references contest,
  primary key (organization_id, guide_id, contest_id),
  foreign key (organization_id, guide_id) references voter_guide
);
create index voter_guide_contest_of on voter_guide_contest (contest_id);
select own_by_organization('voter_guide_contest');

create table voter_guide_issue (
  organization_id uuid not null,
  guide_id uuid not null,
  issue_id uuid not null,
  primary key (organization_id, guide_id, issue_id),
  foreign key (organization_id, guide_id) references voter_guide,
  foreign key (organization_id, issue_id) references agenda_issue
);
create index voter_guide_issue_of on voter_guide_issue (organization_id, issue_id);
select own_by_organization('voter_guide_issue');

-- Under which issue answers to a question stand.
create table voter_guide_question (
  organization_id uuid not null,
  guide_id uuid not null,
  question_id uuid not null,
  issue_id uuid not null,
  primary key (organization_id, guide_id, question_id),
  foreign key (organization_id, guide_id) references voter_guide,
  foreign key (organization_id, question_id) references endorsement_question on delete cascade,
  foreign key (organization_id, issue_id) references agenda_issue
);
create index voter_guide_question_of on voter_guide_question (organization_id, question_id);
create index voter_guide_question_issue on voter_guide_question (organization_id, issue_id);
select own_by_organization('voter_guide_question');

-- What a candidate says or did about an issue, with its source.
create table voter_guide_claim (
  organization_id uuid not null,
  guide_id uuid not null,
  claim_id uuid not null default gen_random_uuid(),
  contest_id integer not null references contest,
  candidate_id integer not null references candidate,
  issue_id uuid not null,
  kind text not null check (kind in ('answer', 'statement', 'record')),
  question_id uuid,                                      -- of an answer that was taken over, with the number that was signed
  number integer,
  question jsonb,                                        -- as it was asked
  answer jsonb,                                          -- as it was signed: choice, text, order, link
  ranked jsonb not null default '[]',                    -- what was ranked, the first preference first
  text jsonb not null,                                   -- as the guide says it, by language
  original text,                                         -- in the candidate's own words, whole
  original_language text not null,
  source_url text,                                       -- null: an answer to the organization's own questions
  source_on date not null,
  amended_on date,
  written_at timestamptz not null,
  primary key (organization_id, claim_id),
  unique (organization_id, guide_id, candidate_id, question_id),
  foreign key (organization_id, guide_id) references voter_guide,
  foreign key (organization_id, question_id) references endorsement_question,
  foreign key (organization_id, issue_id) references agenda_issue,
  check ((question_id is null) = (number is null) and (question_id is null) = (answer is null)),
  check (question_id is not null or source_url is not null)
);
create index voter_guide_claim_contest on voter_guide_claim (contest_id);
create index voter_guide_claim_candidate on voter_guide_claim (candidate_id);
create index voter_guide_claim_question on voter_guide_claim (organization_id, question_id);
create index voter_guide_claim_issue on voter_guide_claim (organization_id, issue_id);
select own_by_organization('voter_guide_claim');

-- What everybody read from one publication to the next; a later one says why.
create table voter_guide_version (
  organization_id uuid not null,
  guide_id uuid not null,
  version integer not null,
  content jsonb not null,
  reason jsonb,
  edited_by text not null,
  published_by text not null,
  published_at timestamptz not null,
  primary key (organization_id, guide_id, version),
  foreign key (organization_id, guide_id) references voter_guide,
  check (version = 1 or reason is not null)
);
select own_by_organization('voter_guide_version');
revoke update, delete on voter_guide_version from hanpyo_app;
