-- A file of contests and candidates, or of officials, between the look at what it would do and its import.
create table election_import (
  import_id uuid primary key default gen_random_uuid(),
  name text not null,                                    -- of the file
  content text not null,                                 -- emptied once it is imported or put away
  state text not null default 'checked' check (state in ('checked', 'done', 'discarded')),
  report jsonb not null,                                 -- {"counts":{…},"lines":[…]}
  requested_by text not null,
  requested_at timestamptz not null,
  finished_at timestamptz
);
