-- What belongs to campaigns, and what is only there for a part of one: calls that ask who comes to an event of it.
create view campaign_reach with (security_invoker) as
select organization_id, campaign_id, kind, part_id, linked_at from campaign_part
union all
select p.organization_id, p.campaign_id, 'phone_bank', e.phone_bank_id, p.linked_at
from campaign_part p
join event_phone_bank e on e.organization_id = p.organization_id and e.event_id = p.part_id
where p.kind = 'event' and e.what = 'confirming'
  and not exists (select from campaign_part q
    where q.organization_id = p.organization_id and q.kind = 'phone_bank' and q.part_id = e.phone_bank_id);
grant select on campaign_reach to hanpyo_app;

create or replace function campaign_closed_by(p_organization uuid, p_user uuid, p_kind text, p_part uuid, p_now timestamptz)
returns uuid language sql stable as $$
  select p.campaign_id from campaign_reach p
  where p.organization_id = p_organization and p.kind = p_kind and p.part_id = p_part
    and not exists (select from campaign_reach q
      where q.organization_id = p_organization and q.kind = p_kind and q.part_id = p_part
        and not exists (select from campaign_walls(p_organization, p_user, q.campaign_id, p_now)))
  order by p.linked_at limit 1
$$;

create or replace function closed_parts(p_organization uuid, p_user uuid, p_kind text, p_now timestamptz)
returns setof uuid language sql stable as $$
  select distinct part_id from campaign_reach
  where organization_id = p_organization and kind = p_kind
    and campaign_closed_by(organization_id, p_user, kind, part_id, p_now) is not null
$$;

-- A copy of a list belongs to the campaigns the list belongs to. Rooms below campaigns call this where they copy.
create function link_copy(p_organization uuid, p_kind text, p_from uuid, p_to uuid, p_by text, p_by_id text, p_by_kind text, p_name text, p_now timestamptz)
returns void language sql as $$
  with made as (
    insert into campaign_part (organization_id, campaign_id, kind, part_id, linked_by, linked_at)
    select p.organization_id, p.campaign_id, p.kind, p_to, p_by, p_now from campaign_part p
    join campaign c on c.organization_id = p.organization_id and c.campaign_id = p.campaign_id
    where p.organization_id = p_organization and p.kind = p_kind and p.part_id = p_from and c.archived_at is null
    returning organization_id, campaign_id
  )
  insert into audit_entry (organization_id, actor_kind, actor_id, actor_name, action, subject, subject_id, after)
  select organization_id, p_by_kind, p_by_id, p_by, 'campaign.link', 'campaign', campaign_id::text,
    jsonb_build_object('kind', p_kind, 'part_id', p_to, 'name', p_name) from made
$$;
