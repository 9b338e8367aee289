-- What an organization does around one contest or one cause, and everything that belongs to it.
create table campaign (
  organization_id uuid not null references organization,
  campaign_id uuid not null default gen_random_uuid(),
  name jsonb not null,                                   -- by language
  lane text not null check (lane in ('member_communication', 'coordinated', 'independent', 'non_partisan')),
  contest_id integer references contest,
  candidate jsonb,                                       -- for whom, by language, where they stand in no list of candidates
  cycle_id uuid,                                         -- the endorsement it follows
  starts_on date not null,
  ends_on date not null,
  goal text check (goal in ('conversations', 'voters')),
  goal_count integer check (goal_count > 0),
  owner_id uuid not null,                                -- member.user_id
  owner text not null,                                   -- their name, as it was
  made_by text not null,
  made_at timestamptz not null,
  archived_by text,
  archived_at timestamptz,
  primary key (organization_id, campaign_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle,
  check (ends_on >= starts_on),
  check ((goal is null) = (goal_count is null)),
  check (lane not in ('coordinated', 'independent') or contest_id is not null),
  check ((archived_at is null) = (archived_by is null))
);
create index campaign_contest on campaign (contest_id);
select own_by_organization('campaign');

create table campaign_candidate (
  organization_id uuid not null,
  campaign_id uuid not null,
  candidate_id integer not null references candidate,
  primary key (organization_id, campaign_id, candidate_id),
  foreign key (organization_id, campaign_id) references campaign on delete cascade
);
create index campaign_candidate_of on campaign_candidate (candidate_id);
select own_by_organization('campaign_candidate');

-- What belongs to it. Universes, guides and events may serve several campaigns; work in a lane belongs to one.
create table campaign_part (
  organization_id uuid not null,
  campaign_id uuid not null,
  kind text not null check (kind in ('universe', 'phone_bank', 'mailing', 'postal_drop', 'voter_guide', 'event')),
  part_id uuid not null,
  linked_by text not null,
  linked_at timestamptz not null,
  primary key (organization_id, campaign_id, kind, part_id),
  foreign key (organization_id, campaign_id) references campaign on delete cascade
);
create index campaign_part_of on campaign_part (organization_id, kind, part_id);
create unique index campaign_part_once on campaign_part (organization_id, kind, part_id) where kind in ('phone_bank', 'mailing', 'postal_drop');
select own_by_organization('campaign_part');
