-- Where a campaign is written to, and in which language.
alter table endorsement_invitation add column if not exists email text;
alter table endorsement_invitation add column if not exists language text check (language in ('en', 'ko'));

-- What a campaign was written: of one link once to an address, and so many days before a last day once.
create table endorsement_mail (
  organization_id uuid not null,
  mail_id uuid not null default gen_random_uuid(),
  invitation_id uuid not null,
  sent_to text not null,
  link_number integer,                                   -- of an invitation: the link it brings
  answers_by_on date,                                    -- of a reminder: the day it reminds of, and how long before
  days_before integer,
  asked_by text not null,
  asked_at timestamptz not null,
  sent_at timestamptz,
  primary key (organization_id, mail_id),
  foreign key (organization_id, invitation_id) references endorsement_invitation,
  check ((link_number is null) = (days_before is not null) and (answers_by_on is null) = (days_before is null)),
  unique nulls not distinct (organization_id, invitation_id, sent_to, link_number, answers_by_on, days_before)
);
select own_by_organization('endorsement_mail');
