-- Lanes of election law that must not mix in one race, and for how long somebody who worked in one stays out of the other.
create table lane_wall (
  one text not null,
  other text not null,
  cooling_off_days integer check (cooling_off_days >= 0),  -- after they left; null: as long as the race is known
  effective_from date not null,
  effective_to date,                                     -- the last day
  source text not null,
  confidence text not null check (confidence in ('high', 'medium', 'low', 'none')),
  primary key (one, other, effective_from)
);
grant select on lane_wall to hanpyo_app;
insert into lane_wall (one, other, cooling_off_days, effective_from, source, confidence) values
('independent', 'coordinated', null, '1976-05-11',
 'New York Election Law 14-107: what is coordinated with a candidate is no independent expenditure. No number of days after which somebody may change sides was found, so none ends it.', 'high');

-- Who works on a campaign, and who did.
create table campaign_member (
  organization_id uuid not null,
  campaign_id uuid not null,
  user_id uuid not null,                                 -- member.user_id
  name text not null,                                    -- as it was
  joined_at timestamptz not null,
  added_by text not null,
  left_at timestamptz,
  left_by text,
  mistake text,                                          -- why they never were of it: then it keeps them out of nothing
  primary key (organization_id, campaign_id, user_id, joined_at),
  foreign key (organization_id, campaign_id) references campaign on delete cascade,
  check ((left_at is null) = (left_by is null)),
  check (mistake is null or left_at is not null)
);
create unique index campaign_member_now on campaign_member (organization_id, campaign_id, user_id) where left_at is null;
create index campaign_member_of on campaign_member (organization_id, user_id);
select own_by_organization('campaign_member');
insert into campaign_member (organization_id, campaign_id, user_id, name, joined_at, added_by)
select organization_id, campaign_id, owner_id, owner, made_at, made_by from campaign;

-- One seat in one year: its primary, run-off and general election alike.
create function is_same_race(p_one integer, p_other integer) returns boolean language sql stable as $$
  select p_one = p_other or exists (
    select from contest a join scheduled_election x on x.election_id = a.election_id
    join contest b on b.office = a.office and b.district_kind = a.district_kind and b.district = a.district and b.title = a.title
    join scheduled_election y on y.election_id = b.election_id
    where a.contest_id = p_one and b.contest_id = p_other and x.state = y.state
      and extract(year from x.held_on) = extract(year from y.held_on))
$$;

-- By which work of theirs somebody is kept out of work in a lane for a contest: the two do not mix in one race.
create function lane_walls(p_organization uuid, p_user uuid, p_lane text, p_contest integer, p_now timestamptz)
returns table (campaign_id uuid, joined_at timestamptz, left_at timestamptz) language sql stable as $$
  select o.campaign_id, m.joined_at, m.left_at
  from campaign_member m
  join campaign o on o.organization_id = m.organization_id and o.campaign_id = m.campaign_id
  join lane_wall w on (w.one = p_lane and w.other = o.lane) or (w.one = o.lane and w.other = p_lane)
  where m.organization_id = p_organization and m.user_id = p_user and m.mistake is null
    and p_now::date between w.effective_from and coalesce(w.effective_to, 'infinity')
    and (m.left_at is null or w.cooling_off_days is null or m.left_at + make_interval(days => w.cooling_off_days) > p_now)
    and is_same_race(p_contest, o.contest_id)
  order by m.left_at is not null, m.joined_at
$$;

-- The same of a campaign.
create function campaign_walls(p_organization uuid, p_user uuid, p_campaign uuid, p_now timestamptz)
returns table (campaign_id uuid, joined_at timestamptz, left_at timestamptz) language sql stable as $$
  select w.campaign_id, w.joined_at, w.left_at from campaign c
  cross join lateral lane_walls(p_organization, p_user, c.lane, c.contest_id, p_now) w
  where c.organization_id = p_organization and c.campaign_id = p_campaign
$$;

-- The campaign because of which somebody may not open a thing; none where they may open one it also belongs to.
create function campaign_closed_by(p_organization uuid, p_user uuid, p_kind text, p_part uuid, p_now timestamptz)
returns uuid language sql stable as $$
  select p.campaign_id from campaign_part p
  where p.organization_id = p_organization and p.kind = p_kind and p.part_id = p_part
    and not exists (select from campaign_part q
      where q.organization_id = p_organization and q.kind = p_kind and q.part_id = p_part
        and not exists (select from campaign_walls(p_organization, p_user, q.campaign_id, p_now)))
  order by p.linked_at limit 1
$$;
