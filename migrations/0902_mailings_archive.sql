-- An e-mail everybody may read afterwards.
alter table mailing add column archived_at timestamptz;
create index mailing_archived on mailing (organization_id, archived_at desc) where archived_at is not null;
