-- An organization that wants two people behind each e-mail. No row: one is enough.
create table mail_approval_rule (
  organization_id uuid primary key references organization,
  since timestamptz not null,
  set_by text not null
);
select own_by_organization('mail_approval_rule');

-- Who approved what: the hash of all that is said, to whom. A change makes another hash, and is asked anew.
create table mailing_approval (
  organization_id uuid not null,
  mailing_id uuid not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  approver_id text not null,
  approved_by text not null,
  approved_at timestamptz not null,
  primary key (organization_id, mailing_id, content_hash, approver_id),
  foreign key (organization_id, mailing_id) references mailing
);
select own_by_organization('mailing_approval');
