-- Who raised a challenge, as account; earlier ones are known by name alone. Whether whoever raised it decided it, too.
alter table endorsement_challenge add column raised_by_id text, add column is_own_decision boolean not null default false;
update endorsement_challenge set is_own_decision = true where decided_by = raised_by;
