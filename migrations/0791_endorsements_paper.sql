-- Ballots on paper: what one person typed lies here, sealed, until another typed the same; then it is in the box.
create table endorsement_paper (
  organization_id uuid not null,
  cycle_id uuid not null,
  number text not null,                                  -- printed on it, of no voter
  entered_by text not null,                              -- account
  entered_name text not null,
  sealed text not null,
  primary key (organization_id, cycle_id, number, entered_by),
  foreign key (organization_id, cycle_id) references endorsement_vote
);
select own_by_organization('endorsement_paper');

-- How many of a box came on paper: never more than voters were given one.
alter table endorsement_box add column papers integer not null default 0;
