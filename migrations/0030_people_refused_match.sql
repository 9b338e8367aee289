-- 'This person is not that voter', remembered for good, so that nobody is asked twice.
create table refused_match (
  organization_id uuid not null references organization,
  person_id uuid not null,
  voter_id integer not null,
  refused_by text not null,
  refused_at timestamptz not null default now(),
  primary key (organization_id, person_id, voter_id),
  foreign key (organization_id, person_id) references person on delete cascade
);
select own_by_organization('refused_match');

-- Newest first, as the profile and the search ask for them.
create index suppression_taken_back on suppression (organization_id, voter_id, person_id) where taken_back_at is not null;
create index person_email_by_address on person_email (organization_id, email);
