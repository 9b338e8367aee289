-- The newest version of the script a host has passed by: only a newer one is told at the head of the phone bank.
alter table phone_bank add column script_version_seen integer not null default 0;
