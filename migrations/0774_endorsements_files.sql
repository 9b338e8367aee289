-- What a candidate hands in as a file: small, few, found out by content. The draft names the one that counts, and what was
-- signed names the one that was sent.
alter table endorsement_question drop constraint if exists endorsement_question_kind_check;
alter table endorsement_question add constraint endorsement_question_kind_check
  check (kind in ('section', 'position', 'text', 'ranking', 'record', 'pledge', 'file'));

create table endorsement_file (
  organization_id uuid not null,
  file_id uuid not null default gen_random_uuid(),
  invitation_id uuid not null,
  question_id uuid not null,
  name text not null,
  kind text not null check (kind in ('jpeg', 'png', 'webp', 'pdf')),
  sha256 text not null,
  bytes integer not null check (bytes between 1 and 5000000),
  content bytea not null,
  sent_at timestamptz not null,
  primary key (organization_id, file_id),
  foreign key (organization_id, invitation_id) references endorsement_invitation
);
create index endorsement_file_of on endorsement_file (organization_id, invitation_id);
-- Pictures and PDF are packed already.
alter table endorsement_file alter column content set storage external;
select own_by_organization('endorsement_file');
revoke update on endorsement_file from hanpyo_app;
