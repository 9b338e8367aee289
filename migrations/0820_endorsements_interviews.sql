-- Interviews of a contest: campaigns take a time by their private link, a panel asks everybody the same.
create table endorsement_interviews (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  book_until_on date not null,                           -- the last day on which campaigns take, change or give back a time
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_interviews_contest on endorsement_interviews (contest_id);
select own_by_organization('endorsement_interviews');

create table endorsement_slot (
  organization_id uuid not null,
  slot_id uuid not null default gen_random_uuid(),
  cycle_id uuid not null,
  contest_id integer not null references contest,
  starts_at timestamptz not null,
  minutes integer not null check (minutes between 5 and 240),
  place text not null default '',
  online_link text,
  invitation_id uuid,                                    -- whose candidate comes; null: nobody has it yet
  access_needs text not null default '',
  interpreter text not null default '',                  -- from and into which language
  taken_at timestamptz,
  primary key (organization_id, slot_id),
  unique (organization_id, invitation_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle,
  foreign key (organization_id, invitation_id) references endorsement_invitation,
  check ((invitation_id is null) = (taken_at is null)),
  check (place <> '' or online_link is not null)
);
create index endorsement_slot_of on endorsement_slot (organization_id, cycle_id, contest_id, starts_at);
create index endorsement_slot_contest on endorsement_slot (contest_id);
select own_by_organization('endorsement_slot');

-- Asked of every candidate of the contest, in order, with the same time for each.
create table endorsement_interview_question (
  organization_id uuid not null,
  question_id uuid not null default gen_random_uuid(),
  cycle_id uuid not null,
  contest_id integer not null references contest,
  position integer not null,
  text jsonb not null,                                   -- {"en": …, "ko": …}
  minutes integer not null check (minutes between 1 and 60),
  primary key (organization_id, question_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_interview_question_of on endorsement_interview_question (organization_id, cycle_id, contest_id, position);
create index endorsement_interview_question_contest on endorsement_interview_question (contest_id);
select own_by_organization('endorsement_interview_question');

-- Who listens and scores. Ties are said before anything of the candidates is read; the rules say what follows.
create table endorsement_panelist (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  user_id uuid not null,
  ties text[] check (ties <@ '{paid_staff,family,candidate,volunteer,donor}'), -- null: not said yet; empty: none
  handed_in_at timestamptz,                              -- from then on their scores stay
  primary key (organization_id, cycle_id, contest_id, user_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle,
  foreign key (organization_id, user_id) references member
);
create index endorsement_panelist_user on endorsement_panelist (organization_id, user_id);
create index endorsement_panelist_contest on endorsement_panelist (contest_id);
select own_by_organization('endorsement_panelist');
