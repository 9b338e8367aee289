-- A candidate is asked by a private link, which needs no account.
create table endorsement_invitation (
  organization_id uuid not null,
  cycle_id uuid not null,
  invitation_id uuid not null default gen_random_uuid(),
  contest_id integer not null references contest,
  candidate_id integer not null references candidate,
  number integer not null default 1,                     -- of the link: another one makes those before it open nothing
  made_by text not null,
  made_at timestamptz not null,
  opened_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, invitation_id),
  unique (organization_id, cycle_id, candidate_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_invitation_contest on endorsement_invitation (contest_id);
create index endorsement_invitation_candidate on endorsement_invitation (candidate_id);
select own_by_organization('endorsement_invitation');

-- What was typed so far, by field of the page.
create table endorsement_draft (
  organization_id uuid not null,
  invitation_id uuid not null,
  typed jsonb not null,
  saved_at timestamptz not null,
  primary key (organization_id, invitation_id),
  foreign key (organization_id, invitation_id) references endorsement_invitation
);
select own_by_organization('endorsement_draft');

-- Answers as they were signed; a later number amends those before, and all stay to be read.
create table endorsement_submission (
  organization_id uuid not null,
  invitation_id uuid not null,
  number integer not null,
  canonical text not null,                               -- questions and answers, whose SHA-256 is the receipt
  sha256 text not null,
  signed_by text not null,
  is_late boolean not null,
  sent_at timestamptz not null,
  primary key (organization_id, invitation_id, number),
  foreign key (organization_id, invitation_id) references endorsement_invitation
);
select own_by_organization('endorsement_submission');
revoke update, delete on endorsement_submission from hanpyo_app;
