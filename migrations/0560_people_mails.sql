-- Mails that went out to somebody known, as their timeline tells: of a person, or of a voter nobody has made one of.
create table person_mail (
  organization_id uuid not null,
  mail_id uuid primary key default gen_random_uuid(),
  person_id uuid,
  voter_id integer,
  sent_to text not null,
  subject text not null,
  language text not null,
  sent_at timestamptz not null,
  check (num_nonnulls(person_id, voter_id) = 1),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index person_mail_of_person on person_mail (organization_id, person_id, sent_at) where person_id is not null;
create index person_mail_of_voter on person_mail (organization_id, voter_id, sent_at) where voter_id is not null;
select own_by_organization('person_mail');
