-- What an organization counts of readers; nothing where it did not choose to.
create table mail_counting (
  organization_id uuid primary key references organization,
  counts_clicks boolean not null,
  counts_opens boolean not null
);
select own_by_organization('mail_counting');

-- Links of a mailing whose presses are counted. They alone are where a counted link leads.
create table mail_counted_link (
  organization_id uuid not null,
  mailing_id uuid not null,
  link integer not null,
  language text not null,
  url text not null,
  presses integer not null default 0,                    -- of whomever: nobody's are told apart
  primary key (organization_id, mailing_id, link),
  foreign key (organization_id, mailing_id) references mailing
);
create unique index mail_counted_link_url on mail_counted_link (organization_id, mailing_id, language, md5(url));
select own_by_organization('mail_counted_link');

-- The first time of each; no network, no device, no place.
alter table mail_delivery
  add column opened_at timestamptz,
  add column clicked_at timestamptz;
