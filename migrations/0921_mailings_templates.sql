-- What is written of a mailing, kept to begin others with.
create table mailing_template (
  organization_id uuid not null references organization,
  template_id uuid not null default gen_random_uuid(),
  name text not null,
  content jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, template_id)
);
create unique index mailing_template_name on mailing_template (organization_id, lower(name));
select own_by_organization('mailing_template');
