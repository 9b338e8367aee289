-- What campaigns are told of their time goes out once: from `handed_at` on one may have gone out, and is not sent again by itself.
create table endorsement_interview_mail (
  organization_id uuid not null,
  mail_id uuid not null default gen_random_uuid(),
  invitation_id uuid not null,
  slot_id uuid not null,                                 -- may be taken out since
  kind text not null check (kind in ('taken', 'given_back')),
  asked_at timestamptz not null default clock_timestamp(),
  handed_at timestamptz,
  sent_at timestamptz,
  primary key (organization_id, mail_id),
  foreign key (organization_id, invitation_id) references endorsement_invitation,
  check (handed_at is not null or sent_at is null)
);
create index endorsement_interview_mail_of on endorsement_interview_mail (organization_id, invitation_id, asked_at);
select own_by_organization('endorsement_interview_mail');
