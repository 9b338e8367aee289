-- What a crowd sends at once, as it came in, until a job finds out who sent it: a row is deleted in the transaction that
-- makes the response of it.
create table form_intake (
  organization_id uuid not null,
  response_id uuid not null,
  form_id uuid not null,
  version integer not null,
  language text not null,
  response jsonb not null,                               -- as read from the page, without files
  confirm jsonb,                                         -- the mail that asks a signer
  received_at timestamptz not null,
  failed_at timestamptz,                                 -- no response could be made of it, for the first time
  primary key (organization_id, response_id),
  foreign key (organization_id, form_id, version) references form_version
);
select own_by_organization('form_intake');
