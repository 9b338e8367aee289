-- Whoever is given a task by somebody else is mailed; null: nothing to tell.
alter table task add column tell_owner_since timestamptz;
create index task_to_tell on task (organization_id, owner_id) where tell_owner_since is not null;
-- Does this member want mail about tasks?
alter table member add column mails_tasks boolean not null default true;
