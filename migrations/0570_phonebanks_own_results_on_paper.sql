-- The organization's own results as a sheet was printed with them, each with its letter; sheets made before have none.
alter table phone_bank_sheet add column if not exists own_results jsonb not null default '[]';
