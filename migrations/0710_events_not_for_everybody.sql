-- As before, with the kind of each; what an event that is not for everybody is called stays here.
create or replace function events_of_voter(p_organization uuid, p_voter integer, p_now timestamptz) returns jsonb language plpgsql stable as $$
declare
  v_person uuid;
  v_people uuid[];
  v_coming jsonb;
  v_attended jsonb;
begin
  if not exists (select from event e where e.organization_id = p_organization) then return null; end if;
  select p.person_id into v_person from person p where p.organization_id = p_organization and p.voter_id = p_voter and p.merged_into is null;
  if not found then return null; end if;
  v_people := array(select v_person union all select m.person_id from person m where m.organization_id = p_organization and m.merged_into = v_person);
  select jsonb_agg(to_jsonb(c) order by c.starts_at) into v_coming from (
    select e.event_id, e.kind, case when e.published_at is not null and not e.is_by_invitation then e.content -> 'title' end as title, e.time_zone, s.response,
        coalesce(own.ahead, e.starts_at) as starts_at
      from event_signup s join event e on e.organization_id = s.organization_id and e.event_id = s.event_id
      cross join lateral (select count(*) as shifts, min(h.starts_at) filter (where h.ends_at > p_now) as ahead from event_signup_shift x
        join event_shift h on h.organization_id = x.organization_id and h.shift_id = x.shift_id
        where x.organization_id = s.organization_id and x.signup_id = coalesce(s.host_signup_id, s.signup_id) and h.removed_at is null) own
      where s.organization_id = p_organization and s.person_id = any(v_people)
        and s.response in ('invited', 'signed_up', 'confirmed', 'wait_listed', 'awaiting_approval')
        and e.published_at is not null and e.canceled_at is null and e.ends_at > p_now
        and (own.ahead is not null or own.shifts = 0)
      order by starts_at limit 5) c;
  select jsonb_agg(to_jsonb(a) order by a.starts_at desc) into v_attended from (
    select e.event_id, e.kind, case when e.published_at is not null and not e.is_by_invitation then e.content -> 'title' end as title, e.time_zone, max(h.starts_at) as starts_at
      from event_signup s join event e on e.organization_id = s.organization_id and e.event_id = s.event_id
      join lateral (select distinct on (t.shift_id) t.shift_id, t.attendance from event_attendance t
        where t.organization_id = s.organization_id and t.signup_id = s.signup_id and t.taken_back_at is null
        order by t.shift_id, t.attendance_id desc) t on t.attendance in ('attended', 'walk_in')
      join event_shift h on h.organization_id = s.organization_id and h.shift_id = t.shift_id
      where s.organization_id = p_organization and s.person_id = any(v_people)
      group by e.organization_id, e.event_id order by starts_at desc limit 3) a;
  if v_coming is null and v_attended is null then return null; end if;
  return jsonb_build_object('coming', coalesce(v_coming, '[]'), 'attended', coalesce(v_attended, '[]'));
end $$;
