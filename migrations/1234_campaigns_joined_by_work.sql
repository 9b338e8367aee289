-- Whoever makes, links, changes or calls for a part of a campaign works on it, and is of its team by that.
alter table campaign_member add column because text not null default 'added'
  check (because in ('added', 'linked', 'worked', 'called'));

-- Does a campaign stand behind a wall on a day?
create function is_walled(p_lane text, p_now timestamptz) returns boolean language sql stable as $$
  select exists (select from lane_wall w where p_lane in (w.one, w.other)
    and p_now::date between w.effective_from and coalesce(w.effective_to, 'infinity'))
$$;

-- Do two lanes not mix on a day?
create function are_apart(p_one text, p_other text, p_now timestamptz) returns boolean language sql stable as $$
  select exists (select from lane_wall w
    where ((w.one = p_one and w.other = p_other) or (w.one = p_other and w.other = p_one))
      and p_now::date between w.effective_from and coalesce(w.effective_to, 'infinity'))
$$;

-- Walled campaigns a thing is part of; what both sides of a wall share takes nobody onto either.
create function walled_campaigns_of(p_organization uuid, p_kind text, p_part uuid, p_now timestamptz)
returns setof uuid language sql stable as $$
  select c.campaign_id from campaign_part p
  join campaign c on c.organization_id = p.organization_id and c.campaign_id = p.campaign_id
  where p.organization_id = p_organization and p.kind = p_kind and p.part_id = p_part and is_walled(c.lane, p_now)
    and not exists (select from campaign_part q
      join campaign d on d.organization_id = q.organization_id and d.campaign_id = q.campaign_id
      where q.organization_id = p_organization and q.kind = p_kind and q.part_id = p_part
        and are_apart(c.lane, d.lane, p_now) and is_same_race(c.contest_id, d.contest_id))
$$;

-- Things of a kind that somebody may not open.
create function closed_parts(p_organization uuid, p_user uuid, p_kind text, p_now timestamptz)
returns setof uuid language sql stable as $$
  select distinct part_id from campaign_part
  where organization_id = p_organization and kind = p_kind
    and campaign_closed_by(organization_id, p_user, kind, part_id, p_now) is not null
$$;

-- Who worked on parts before: callers who were signed in, and whom the activity log names. Who worked on both sides, or is
-- on the other team, is put on none: that needs somebody who decides.
with did as (
  select w.organization_id, w.campaign_id, k.user_id, greatest(k.joined_at, w.linked_at) as at, 'called' as because
  from campaign_part w
  join phone_bank_caller k on k.organization_id = w.organization_id and k.phone_bank_id = w.part_id
  where w.kind = 'phone_bank' and k.user_id is not null
    and w.campaign_id in (select walled_campaigns_of(w.organization_id, w.kind, w.part_id, now()))
  union all
  select w.organization_id, w.campaign_id, a.actor_id::uuid, greatest(a.at, w.linked_at), 'worked'
  from campaign_part w
  join audit_entry a on a.organization_id = w.organization_id and a.subject = w.kind and a.subject_id = w.part_id::text
  where w.kind in ('phone_bank', 'mailing', 'postal_drop') and a.actor_kind = 'user'
    and a.actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    and w.campaign_id in (select walled_campaigns_of(w.organization_id, w.kind, w.part_id, now()))
  union all
  select c.organization_id, c.campaign_id, a.actor_id::uuid, a.at, 'linked'
  from campaign c
  join audit_entry a on a.organization_id = c.organization_id and a.subject = 'campaign' and a.subject_id = c.campaign_id::text
  where a.action = 'campaign.link' and a.actor_kind = 'user' and is_walled(c.lane, now())
    and a.actor_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
), first as (
  select distinct on (d.organization_id, d.campaign_id, d.user_id) d.*, c.lane, c.contest_id, m.display_name
  from did d
  join campaign c on c.organization_id = d.organization_id and c.campaign_id = d.campaign_id
  join member m on m.organization_id = d.organization_id and m.user_id = d.user_id
  order by d.organization_id, d.campaign_id, d.user_id, d.at
)
insert into campaign_member (organization_id, campaign_id, user_id, name, joined_at, added_by, because)
select f.organization_id, f.campaign_id, f.user_id, f.display_name, f.at, f.display_name, f.because from first f
where not exists (select from campaign_member x
    where x.organization_id = f.organization_id and x.campaign_id = f.campaign_id and x.user_id = f.user_id)
  and not exists (select from lane_walls(f.organization_id, f.user_id, f.lane, f.contest_id, now()))
  and not exists (select from first g where g.organization_id = f.organization_id and g.user_id = f.user_id
    and are_apart(f.lane, g.lane, now()) and is_same_race(f.contest_id, g.contest_id));
