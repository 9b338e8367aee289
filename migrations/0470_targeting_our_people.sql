-- What people did at events and became with us, for targeting: what its expressions read, and whose rows changed.

-- One row for each person and shift somebody was marked at: the newest mark of each sign-up counts, and who was there by one of
-- several did not miss it.
create view event_presence with (security_invoker) as
select s.organization_id, s.person_id, s.event_id, a.shift_id, e.kind, e.code, h.starts_at, h.ends_at,
  bool_or(a.attendance in ('attended', 'walk_in')) as was_there,
  bool_or(a.attendance = 'no_show') and not bool_or(a.attendance in ('attended', 'walk_in')) as is_no_show
from event_signup s
join lateral (select distinct on (t.shift_id) t.shift_id, t.attendance from event_attendance t
  where t.organization_id = s.organization_id and t.signup_id = s.signup_id and t.taken_back_at is null
  order by t.shift_id, t.attendance_id desc) a on true
join event_shift h on h.organization_id = s.organization_id and h.shift_id = a.shift_id
join event e on e.organization_id = s.organization_id and e.event_id = s.event_id
group by s.organization_id, s.person_id, s.event_id, a.shift_id, e.kind, e.code, h.starts_at, h.ends_at;

-- Whoever said they come and has a seat; who only turned up at the door never said so.
create view event_expects with (security_invoker) as
select s.organization_id, s.person_id, s.event_id, e.kind, e.code, s.received_at
from event_signup s join event e on e.organization_id = s.organization_id and e.event_id = s.event_id
where s.response in ('signed_up', 'confirmed') and s.source <> 'door';

-- Time served at an instant: shifts attended, of kinds of events that have shifts.
create view service_time with (security_invoker) as
select x.organization_id, x.person_id, x.kind, x.starts_at as at, extract(epoch from x.ends_at - x.starts_at) / 60 as minutes
from event_presence x
left join event_kind k on k.organization_id = x.organization_id and k.kind = x.kind
where x.was_there and coalesce('shifts' = any(k.needs), x.kind in ('community_service', 'phone_bank', 'canvass'));


-- A role under each of its names. An office is called by its body and itself, in every language one of them has; what is missing
-- in a language is as pages show it then: English, else any.
create function text_in(texts jsonb, language text) returns text language sql immutable as $$
  select coalesce(nullif(texts ->> language, ''), nullif(texts ->> 'en', ''),
    (select t.value from jsonb_each_text(texts) t where t.value <> '' order by t.key limit 1), '')
$$;
create view role_named with (security_invoker) as
select r.organization_id, r.role_id, r.person_id, r.name, r.from_on, r.until_on, r.removed_at
from person_role r where r.office_id is null
union all
select r.organization_id, r.role_id, r.person_id, text_in(b.name, l.language) || ': ' || text_in(o.name, l.language), r.from_on, r.until_on, r.removed_at
from person_role r
join body_office o on o.organization_id = r.organization_id and o.office_id = r.office_id
join body b on b.organization_id = o.organization_id and b.body_id = o.body_id
cross join lateral (select 'en' as language union select jsonb_object_keys(b.name || o.name)) l;
grant select on event_presence, event_expects, service_time, role_named to hanpyo_app;

select note_targeting_changes_of('event_signup', 'note_targeting_change_of_person');
select note_targeting_changes_of('person_stage', 'note_targeting_change_of_person');
select note_targeting_changes_of('person_role', 'note_targeting_change_of_person');
select note_targeting_changes_of('training_passed', 'note_targeting_change_of_person');
select note_targeting_changes_of('person_account', 'note_targeting_change_of_person');
select note_targeting_changes_of('dues', 'note_targeting_change_of_person');

-- Attendance belongs to a sign-up.
create function note_targeting_change_of_attendance() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct organization_id, voter_id from (
        select c.organization_id, (select p.voter_id from event_signup s
          join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
          where s.organization_id = c.organization_id and s.signup_id = c.signup_id) as voter_id from changed c) named
      where voter_id is not null;
  end if;
  return null;
end $$;
select note_targeting_changes_of('event_attendance', 'note_targeting_change_of_attendance');

-- An event of another kind, a shift at another time: everybody who signed up.
create function note_targeting_change_of_event() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select distinct s.organization_id, p.voter_id
    from changed c join before b on b.organization_id = c.organization_id and b.event_id = c.event_id and b.kind <> c.kind
    join event_signup s on s.organization_id = c.organization_id and s.event_id = c.event_id
    join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
    where p.voter_id is not null;
  return null;
end $$;
create trigger targeting_updated after update on event referencing old table as before new table as changed
  for each statement execute function note_targeting_change_of_event();

create function note_targeting_change_of_shift() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select distinct s.organization_id, p.voter_id
    from changed c join before b on b.organization_id = c.organization_id and b.shift_id = c.shift_id
      and (b.starts_at, b.ends_at) <> (c.starts_at, c.ends_at)
    join event_signup s on s.organization_id = c.organization_id and s.event_id = c.event_id
    join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
    where p.voter_id is not null;
  return null;
end $$;
create trigger targeting_updated after update on event_shift referencing old table as before new table as changed
  for each statement execute function note_targeting_change_of_shift();

-- What an account may do is delegated to whom it belongs.
create function note_targeting_change_of_account() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select distinct p.organization_id, p.voter_id from changed c
    join person_account a on a.organization_id = c.organization_id and a.user_id = c.user_id
    join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    where p.voter_id is not null;
  return null;
end $$;
select note_targeting_changes_of('delegation', 'note_targeting_change_of_account');

-- Words of the organization's own, which are few and seldom change: everybody.
create function note_targeting_change_of_words() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id) select distinct organization_id from changed;
  return null;
end $$;
select note_targeting_changes_of('event_kind', 'note_targeting_change_of_words');
select note_targeting_changes_of('membership_kind', 'note_targeting_change_of_words');
select note_targeting_changes_of('rung', 'note_targeting_change_of_words');
select note_targeting_changes_of('training', 'note_targeting_change_of_words');
select note_targeting_changes_of('body', 'note_targeting_change_of_words');
select note_targeting_changes_of('body_office', 'note_targeting_change_of_words');
