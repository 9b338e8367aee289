-- A candidate's right of reply: until when they may reply to what a guide says of them, and how long a reply may be.
alter table voter_guide
  add column reply_until_on date,
  add column reply_words_most integer check (reply_words_most between 20 and 500),
  add check ((reply_until_on is null) = (reply_words_most is null));

-- The private link by which a candidate reads what a guide will say of them. It opens by its number: another number is another link.
create table voter_guide_proof (
  organization_id uuid not null,
  guide_id uuid not null,
  candidate_id integer not null references candidate,
  number integer not null default 1,
  email text,
  language text,
  made_by text not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  opened_at timestamptz,
  read_at timestamptz,                                   -- when they last said that they read it
  read_key text,                                         -- of what stood there then
  primary key (organization_id, guide_id, candidate_id),
  foreign key (organization_id, guide_id) references voter_guide,
  check ((read_at is null) = (read_key is null))
);
create index voter_guide_proof_candidate on voter_guide_proof (candidate_id);
select own_by_organization('voter_guide_proof');

-- A link sent to an address: a row before anything is sent, and an address gets a link once.
create table voter_guide_proof_mail (
  organization_id uuid not null,
  mail_id uuid not null default gen_random_uuid(),
  guide_id uuid not null,
  candidate_id integer not null,
  number integer not null,
  sent_to text not null,
  language text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  handed_at timestamptz,                                 -- from then on it may have gone out, and is not sent again
  sent_at timestamptz,
  primary key (organization_id, mail_id),
  foreign key (organization_id, guide_id, candidate_id) references voter_guide_proof,
  unique (organization_id, guide_id, candidate_id, number, sent_to)
);
select own_by_organization('voter_guide_proof_mail');

-- What a candidate replied under an issue of a guide, in their own words; the organization may translate it, never change it.
create table voter_guide_reply (
  organization_id uuid not null,
  guide_id uuid not null,
  candidate_id integer not null,
  issue_id uuid not null,
  original text not null,
  original_language text not null,
  text jsonb not null,                                   -- by language, the original among them
  replied_at timestamptz not null,
  replied_on date not null,
  withheld jsonb,                                        -- why it is not printed, for everybody to read
  primary key (organization_id, guide_id, candidate_id, issue_id),
  foreign key (organization_id, guide_id, candidate_id) references voter_guide_proof,
  foreign key (organization_id, issue_id) references agenda_issue
);
create index voter_guide_reply_issue on voter_guide_reply (organization_id, issue_id);
select own_by_organization('voter_guide_reply');
