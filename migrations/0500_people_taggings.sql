-- A tag put on many people at once, so that it can be taken off those it was put on.
create table tagging (
  organization_id uuid not null references organization,
  tagging_id uuid not null default gen_random_uuid(),
  tag text not null,
  expression text not null,   -- who was meant, as it was asked
  people uuid[] not null,     -- those who did not have it yet
  made_by text not null,
  made_at timestamptz not null,
  taken_back_by text,
  taken_back_at timestamptz,
  primary key (organization_id, tagging_id)
);
select own_by_organization('tagging');
