-- A bulk e-mail, in every language of the organization.
create table mailing (
  organization_id uuid not null references organization,
  mailing_id uuid not null default gen_random_uuid(),
  name text not null,                                    -- for the list; nobody who is written to reads it
  lane text not null check (lane in ('member_communication', 'coordinated', 'independent', 'non_partisan')),
  content jsonb not null default '{}',                   -- what is written
  expression text not null default '',                   -- whom it is for, a targeting expression over people
  state text not null default 'draft' check (state in ('draft', 'scheduled', 'sending', 'paused', 'sent', 'canceled')),
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, mailing_id)
);
create index mailing_newest on mailing (organization_id, made_at desc, mailing_id);
select own_by_organization('mailing');
