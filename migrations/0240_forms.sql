-- Public forms, surveys and petitions. What somebody answers on a page is a contact like any other: a row of contact_attempt
-- with channel 'web' and the same id as the response, its answers in contact_answer beside those from phone and door.
alter table contact_attempt drop constraint contact_attempt_channel_check;
alter table contact_attempt add constraint contact_attempt_channel_check
  check (channel in ('phone', 'text', 'email', 'post', 'door', 'event', 'inbound_phone', 'web')) not valid;
alter table contact_attempt validate constraint contact_attempt_channel_check;

-- The words somebody agreed to, as they stood on the page, and the version of the form they belong to.
alter table consent add column wording text, add column form_id uuid, add column form_version integer;

create table form (
  organization_id uuid not null references organization,
  form_id uuid not null default gen_random_uuid(),
  kind text not null check (kind in ('form', 'petition')),
  name text not null,                                    -- for the organization's own lists
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  published_at timestamptz,
  opens_on date,                                         -- days of the organization's time zone, both included
  closes_on date,
  tags text[] not null default '{}',                     -- put on everybody who answers
  created_by text not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  primary key (organization_id, form_id),
  unique (organization_id, slug)
);
select own_by_organization('form');

create table form_version (
  organization_id uuid not null,
  form_id uuid not null,
  version integer not null,
  content jsonb not null,                                -- forms/schema.ts FormContent
  created_by text not null,
  created_at timestamptz not null default now(),
  first_used_at timestamptz,                             -- set: frozen
  primary key (organization_id, form_id, version),
  foreign key (organization_id, form_id) references form on delete cascade
);
select own_by_organization('form_version');

create table form_response (
  organization_id uuid not null,
  response_id uuid not null,                             -- of contact_attempt too, where its person is
  form_id uuid not null,
  version integer not null,
  language text not null,                                -- of the page
  source text not null check (source in ('web', 'paper')),
  sheet text,                                            -- paper: which one
  said jsonb not null,                                   -- who they said they are, as typed
  how text not null check (how in ('made', 'linked', 'joined', 'unsure')),
  differs jsonb,                                         -- said otherwise than the profile has it; set: nobody decided yet
  received_at timestamptz not null,
  primary key (organization_id, response_id),
  foreign key (organization_id, response_id) references contact_attempt on delete cascade,
  foreign key (organization_id, form_id, version) references form_version
);
create index form_response_by_form on form_response (form_id, organization_id, received_at desc);
select own_by_organization('form_response');

create table form_signature (
  organization_id uuid not null,
  response_id uuid not null,
  shown_as text not null check (shown_as in ('full', 'short', 'none')),
  confirmed_at timestamptz,                              -- by the link mailed to the signer
  registered text not null check (registered in ('sure', 'unsure', 'no')),
  voter_id integer,
  decided_by text,                                       -- an organizer looked; null: the computer
  decided_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by text,
  primary key (organization_id, response_id),
  foreign key (organization_id, response_id) references form_response on delete cascade
);
select own_by_organization('form_signature');
