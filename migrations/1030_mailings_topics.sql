-- What an organization writes about, for its readers to choose from.
create table mail_topic (
  organization_id uuid not null references organization,
  topic_id uuid not null default gen_random_uuid(),
  name jsonb not null,                                   -- by language
  about jsonb not null default '{}',                     -- what it brings, by language
  is_for_all boolean not null,                           -- everybody gets it who did not say no; else whoever asked for it
  made_by text not null,
  made_at timestamptz not null,
  retired_at timestamptz,                                -- from then on nobody chooses it; what they said of it stays
  primary key (organization_id, topic_id)
);
select own_by_organization('mail_topic');

-- What people said of a topic; the newest word.
create table mail_topic_wish (
  organization_id uuid not null,
  person_id uuid not null,
  topic_id uuid not null,
  is_wanted boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organization_id, person_id, topic_id),
  foreign key (organization_id, topic_id) references mail_topic
);
select own_by_organization('mail_topic_wish');

alter table mailing
  add column topic_id uuid,                              -- null: none; it goes to everybody it is for
  add foreign key (organization_id, topic_id) references mail_topic;
