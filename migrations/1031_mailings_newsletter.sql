-- The page on which everybody may ask for an organization's e-mail.
create table newsletter_page (
  organization_id uuid primary key references organization,
  is_open boolean not null,
  intro jsonb not null default '{}',                     -- by language
  tag text                                               -- for whoever confirms; null: none
);
select own_by_organization('newsletter_page');

-- Somebody who asked there. Until whoever reads the mailbox confirms, nobody is written to and nothing is known of anybody.
create table newsletter_signup (
  organization_id uuid not null references organization,
  signup_id uuid not null,                               -- of what was sent: the same twice is one
  address text not null,
  said jsonb not null,                                   -- name, ZIP, topics; goes to the person when it is confirmed
  language text not null,
  wording text not null,                                 -- what they agreed to, as it stood there
  source text not null check (source in ('page', 'embed', 'site')),
  site text,                                             -- on which other site
  asked_at timestamptz not null,
  confirmed_at timestamptz,
  person_id uuid,
  primary key (organization_id, signup_id)
);
create index newsletter_signup_waiting on newsletter_signup (asked_at) where confirmed_at is null;
create index newsletter_signup_person on newsletter_signup (organization_id, person_id) where person_id is not null;
create index newsletter_signup_asked on newsletter_signup (organization_id, asked_at);
select own_by_organization('newsletter_signup');
