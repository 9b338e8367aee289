-- Files sent with a form: small, few, and gone with their response, so they lie beside it and are in every backup of it.
create table form_file (
  organization_id uuid not null,
  response_id uuid not null,
  question text not null,                                -- its key; the answer under it is the file's name
  name text not null,
  kind text not null check (kind in ('jpeg', 'png', 'webp', 'pdf')),  -- found out by content
  sha256 text not null,
  bytes integer not null check (bytes between 1 and 5000000),
  content bytea not null,
  primary key (organization_id, response_id, question),
  foreign key (organization_id, response_id) references form_response on delete cascade
);
-- Pictures and PDF are packed already.
alter table form_file alter column content set storage external;
select own_by_organization('form_file');
