-- A voter may hold several links that work: the first that is used ends them all, for voting is noted on the roll.
create table endorsement_credential (
  organization_id uuid not null,
  credential_hash text not null,                         -- SHA-256
  roll_id uuid not null,
  way text not null check (way in ('link', 'account', 'device')),
  primary key (organization_id, credential_hash),
  foreign key (organization_id, roll_id) references endorsement_roll
);
create index endorsement_credential_of on endorsement_credential (organization_id, roll_id);
insert into endorsement_credential (organization_id, credential_hash, roll_id, way)
  select organization_id, credential_hash, roll_id, credential_by from endorsement_roll where credential_hash is not null;
select own_by_organization('endorsement_credential');
alter table endorsement_roll drop column credential_hash, drop column credential_by;

-- The day on which the last link went out.
alter table endorsement_roll add column mailed_on date;
update endorsement_roll r set mailed_on = v.as_of_on from endorsement_vote v
  where v.organization_id = r.organization_id and v.cycle_id = r.cycle_id and r.mailed_to is not null;

-- Who was reminded so many days before a last day: each once.
create table endorsement_reminder (
  organization_id uuid not null,
  roll_id uuid not null,
  vote_until_on date not null,
  days_before integer not null,
  primary key (organization_id, roll_id, vote_until_on, days_before),
  foreign key (organization_id, roll_id) references endorsement_roll
);
select own_by_organization('endorsement_reminder');
