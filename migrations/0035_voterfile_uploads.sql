-- Files on their way in through the browser. What has arrived is the size of the file on disk, so a broken connection
-- loses nothing. Written by the owner's role alone: voter files are the installation's, not an organization's.
create table voter_upload (
  upload_id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('registration', 'phones')),
  started_by uuid not null,
  started_at timestamptz not null,
  touched_at timestamptz not null,                       -- last bytes; a week later what is unfinished is removed
  import_id uuid references voter_import                 -- set: all files arrived and were handed on
);
create table voter_upload_file (
  upload_id uuid not null references voter_upload on delete cascade,
  number smallint not null,
  name text not null,                                    -- as the person's computer calls it; never part of a path
  bytes bigint not null check (bytes >= 0),
  modified_ms bigint not null,                           -- with name and size: is this the same file as before?
  primary key (upload_id, number)
);
