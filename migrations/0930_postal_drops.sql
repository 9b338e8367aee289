-- What is mailed at once: one piece of paper, one audience.
create table postal_drop (
  organization_id uuid not null references organization,
  drop_id uuid not null default gen_random_uuid(),
  name text not null,
  kind text not null check (kind in ('postcard_4x6', 'postcard_6x9', 'letter_10', 'self_mailer', 'labels', 'walk_cards')),
  universe_id uuid not null,
  languages text not null check (languages in ('theirs', 'all', 'first')),
  households text not null check (households in ('person', 'family', 'address')),
  return_name text not null,
  return_address text not null,
  attribution jsonb not null default '{}',               -- {"en": "Paid for by …", "ko": …}
  state text not null check (state in ('draft', 'freezing', 'frozen', 'made', 'mailed')),
  problem text,                                          -- why the last freeze did not come about
  made_by text not null,
  made_by_id text not null,
  made_at timestamptz not null,
  expression text,                                       -- as it was asked when frozen
  frozen_by text,
  frozen_by_id text,
  frozen_at timestamptz,
  pieces integer not null default 0,
  voters integer not null default 0,
  left_out jsonb not null default '{}',                  -- how many, by reason
  by_language jsonb not null default '{}',               -- how many pieces, by language
  mailed_on date,
  mailed_by text,
  primary key (organization_id, drop_id),
  foreign key (organization_id, universe_id) references universe
);
create index postal_drop_made on postal_drop (organization_id, made_at desc);
create index postal_drop_universe on postal_drop (organization_id, universe_id);
select own_by_organization('postal_drop');

-- One piece of paper with one address, numbered in the order of the post.
create table postal_piece (
  organization_id uuid not null,
  drop_id uuid not null,
  number integer not null,
  language text not null,                                -- 'all': in every language of the organization
  name_line text not null,
  name_line_ko text,
  salutation text not null,
  salutation_ko text,
  kind text not null,
  above text[] not null,
  delivery text not null,
  unit text,
  city text not null,
  state text not null,
  zip5 text not null,
  zip4 text,
  primary key (organization_id, drop_id, number),
  foreign key (organization_id, drop_id) references postal_drop on delete cascade
);
select own_by_organization('postal_piece');

create table postal_recipient (
  organization_id uuid not null,
  drop_id uuid not null,
  number integer not null,
  voter_id integer not null,
  primary key (organization_id, drop_id, voter_id),
  foreign key (organization_id, drop_id, number) references postal_piece on delete cascade
);
create index postal_recipient_piece on postal_recipient (organization_id, drop_id, number);
create index postal_recipient_voter on postal_recipient (organization_id, voter_id);
select own_by_organization('postal_recipient');

-- Who is of the audience and gets none, and why.
create table postal_left_out (
  organization_id uuid not null,
  drop_id uuid not null,
  voter_id integer not null,
  name text not null,
  reason text not null,                                  -- 'opted_out', 'deceased' …, of an address 'address_' and what is wrong with it
  original text,                                         -- the address as it is known
  detail text,                                           -- the part of it that cannot be read
  primary key (organization_id, drop_id, voter_id),
  foreign key (organization_id, drop_id) references postal_drop on delete cascade
);
create index postal_left_out_reason on postal_left_out (organization_id, drop_id, reason, voter_id);
select own_by_organization('postal_left_out');
