-- One import may bring several kinds of file (registration and history), each with a row of its own in voter_file.
alter table voter_file add column import_id uuid;
-- Files of a .zip that are no voter file: a readme, the board's paper of the layout.
alter table voter_import add column left_out text[] not null default '{}';
