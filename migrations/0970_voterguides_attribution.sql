-- Who pays for what is printed of a guide, and by which rule that must stand on it.
alter table voter_guide add column attribution jsonb check (jsonb_typeof(attribution) = 'object');
