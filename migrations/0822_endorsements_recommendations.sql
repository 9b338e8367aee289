-- What the committee recommends to the members in a contest, and what its minority says.
create table endorsement_recommendation (
  organization_id uuid not null,
  cycle_id uuid not null,
  contest_id integer not null references contest,
  candidate_ids integer[] not null,                      -- empty: to endorse nobody
  reasons jsonb not null,                                -- {"en": …, "ko": …}
  minority jsonb not null default '{}',
  minority_by text not null default '',                  -- empty: not named
  shown_at timestamptz,                                  -- from then on members read it; null: a draft
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (organization_id, cycle_id, contest_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle
);
create index endorsement_recommendation_contest on endorsement_recommendation (contest_id);
select own_by_organization('endorsement_recommendation');
