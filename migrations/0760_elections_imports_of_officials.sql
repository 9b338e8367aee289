-- Lists of officials and results are looked at before they are imported, as files of contests are.
alter table election_import add column kind text not null default 'contests' check (kind in ('contests', 'officials', 'results'));
alter table election_import add column told jsonb not null default '{}';  -- what the steward said of the file: its election, source and day
