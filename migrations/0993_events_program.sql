-- Run of show: what happens in which order, for how long, by whom; and, while it runs, which item began when.
create table event_program_item (
  organization_id uuid not null references organization,
  item_id uuid not null,                                 -- made with the form, so that one sent twice is one item
  event_id uuid not null,
  position integer not null,
  minutes integer not null check (minutes between 1 and 600),
  title jsonb not null,                                  -- one per language
  who text not null default '',                          -- who speaks or sees to it
  interpreter text not null default '',
  note text not null default '',                         -- for the team
  made_at timestamptz not null,
  made_by text not null,
  removed_at timestamptz,
  primary key (organization_id, item_id),
  foreign key (organization_id, event_id) references event on delete cascade
);
create index event_program_item_of on event_program_item (organization_id, event_id, position) where removed_at is null;
select own_by_organization('event_program_item');

-- The newest says where it stands; without an item it is over.
create table event_program_mark (
  organization_id uuid not null references organization,
  mark_id bigint not null generated always as identity,
  event_id uuid not null,
  item_id uuid,
  at timestamptz not null,
  made_by text not null,
  primary key (organization_id, mark_id),
  foreign key (organization_id, event_id) references event on delete cascade,
  foreign key (organization_id, item_id) references event_program_item
);
create index event_program_mark_of on event_program_mark (organization_id, event_id, mark_id desc);
select own_by_organization('event_program_mark');
