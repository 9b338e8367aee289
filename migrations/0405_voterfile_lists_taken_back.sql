-- What each list says of a number, beside what counts: taken back, a list leaves each number as the others have it, and takes along
-- those that only it had. Registrations stand here where a list has the number too. Read and written by imports alone.
create table voter_phone_said (
  voter_id integer not null,
  phone text not null,                                   -- E.164
  file_id integer not null references voter_file,
  kind text not null,
  quality smallint not null,
  matched_by text not null,
  source text not null,
  received_on date not null,
  primary key (voter_id, phone, file_id)
);
create index voter_phone_said_by_list on voter_phone_said (file_id);

-- Of lists imported before, nobody knows which numbers they shared with others: those stay.
alter table voter_file add column is_remembered boolean not null default false;
alter table voter_file add column taken_back_at timestamptz;
alter table voter_file add column taken_back_by text;

create trigger targeting_columns_taken_back after update of taken_back_at on voter_file for each statement execute function voter_file_imported();
