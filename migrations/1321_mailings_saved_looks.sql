-- Looks beside the usual one of an organization; an e-mail may have one of them.
create table mail_saved_look (
  organization_id uuid not null references organization,
  look_id uuid not null default gen_random_uuid(),
  name text not null,                                         -- for the organization; no reader sees it
  color text not null check (color ~ '^#[0-9a-f]{6}$'),
  page_color text not null check (page_color ~ '^#[0-9a-f]{6}$'),
  logo text,                                                  -- sha256 of mailing_picture
  made_by text not null,
  made_at timestamptz not null,
  primary key (organization_id, look_id),
  foreign key (organization_id, logo) references mailing_picture (organization_id, sha256)
);
select own_by_organization('mail_saved_look');

-- null: the usual one.
alter table mailing add column look_id uuid;
alter table mailing add foreign key (organization_id, look_id) references mail_saved_look on delete set null (look_id);
create index mailing_look on mailing (organization_id, look_id) where look_id is not null;
