-- A drop that was handed to the post, what it cost, and what came back.
alter table postal_drop
  add column cost_cents integer;                         -- of paper, print and postage together

create table postal_return (
  organization_id uuid not null,
  drop_id uuid not null,
  number integer not null,
  reason text not null check (reason in ('moved', 'no_such_address', 'not_known', 'vacant', 'unclaimed', 'refused', 'deceased', 'unreadable')),
  returned_on date not null,
  noted_by text not null,
  noted_at timestamptz not null,
  primary key (organization_id, drop_id, number),
  foreign key (organization_id, drop_id, number) references postal_piece on delete cascade
);
create index postal_return_noted on postal_return (organization_id, noted_at desc);
select own_by_organization('postal_return');
