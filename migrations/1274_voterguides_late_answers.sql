-- Was the answer as it stands sent after the last day? Known of those that are taken over from now on.
alter table voter_guide_claim add column is_late boolean not null default false;
