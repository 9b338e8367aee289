-- The code on a drop's pieces, by which its reader comes to a page of ours, and how often it was opened. Nobody is known by it,
-- unless each piece was given a code of its own.
alter table postal_drop
  add column answer_per text not null default 'none' check (answer_per in ('none', 'drop', 'piece')),
  add column answer_page text;                           -- a path of this installation, or https://…

alter table postal_piece add column code text;           -- of its own
create unique index postal_piece_code on postal_piece (code) where code is not null;

-- One for each wording of a drop.
create table postal_code (
  organization_id uuid not null,
  drop_id uuid not null,
  language text not null,                                -- 'all': in every language of the organization
  code text not null unique,
  primary key (organization_id, drop_id, language),
  foreign key (organization_id, drop_id) references postal_drop on delete cascade
);
select own_by_organization('postal_code');

-- How often a code was opened on a day.
create table postal_answer (
  organization_id uuid not null,
  drop_id uuid not null,
  language text not null,
  number integer not null,                               -- of the piece with a code of its own; 0: nobody knows who
  answered_on date not null,                             -- where the organization is
  times integer not null,
  primary key (organization_id, drop_id, language, number, answered_on),
  foreign key (organization_id, drop_id) references postal_drop on delete cascade
);
select own_by_organization('postal_answer');
