-- What is written of a mailing is saved over what its writer saw, or not at all.
alter table mailing
  add column content_version integer not null default 0,
  add column content_by text,
  add column content_at timestamptz;
