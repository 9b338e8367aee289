-- A delegation of a kind may ask for several trainings: all of them, or any one.
alter table delegation_rule drop constraint delegation_rule_pkey, add primary key (organization_id, what, training_id);
alter table delegation_rule add column asks text not null default 'all' check (asks in ('any', 'all')); -- the same in all rows of a kind
