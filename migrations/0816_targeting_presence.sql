-- Shifts and events are looked up by what somebody signed up for: where there are few, every one of them was gone through for each sign-up.
create or replace view event_presence with (security_invoker) as
select s.organization_id, s.person_id, s.event_id, a.shift_id, e.kind, e.code, h.starts_at, h.ends_at,
  bool_or(a.attendance in ('attended', 'walk_in')) as was_there,
  bool_or(a.attendance = 'no_show') and not bool_or(a.attendance in ('attended', 'walk_in')) as is_no_show,
  max(coalesce(c.minutes, extract(epoch from h.ends_at - h.starts_at) / 60)) filter (where a.attendance in ('attended', 'walk_in')) as minutes
from event_signup s
join lateral (select distinct on (t.shift_id) t.shift_id, t.attendance from event_attendance t
  where t.organization_id = s.organization_id and t.signup_id = s.signup_id and t.taken_back_at is null
  order by t.shift_id, t.attendance_id desc) a on true
join lateral (select h.starts_at, h.ends_at from event_shift h
  where h.organization_id = s.organization_id and h.shift_id = a.shift_id offset 0) h on true
join lateral (select e.kind, e.code from event e where e.organization_id = s.organization_id and e.event_id = s.event_id offset 0) e on true
left join lateral (select k.minutes from event_hours k where k.organization_id = s.organization_id
  and k.signup_id = s.signup_id and k.shift_id = a.shift_id order by k.hours_id desc limit 1) c on true
group by s.organization_id, s.person_id, s.event_id, a.shift_id, e.kind, e.code, h.starts_at, h.ends_at;
