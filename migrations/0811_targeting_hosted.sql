-- Who hosts an event of ours, and by which partner's link somebody came, for targeting.

create view event_hosted with (security_invoker) as
select o.organization_id, o.person_id, o.event_id, e.kind, e.code, e.starts_at
from event_proposal o join event e on e.organization_id = o.organization_id and e.event_id = o.event_id
where o.person_id is not null and e.published_at is not null and e.canceled_at is null;

create view event_through_partner with (security_invoker) as
select s.organization_id, s.person_id, b.name
from event_signup_partner k
join event_signup s on s.organization_id = k.organization_id and s.signup_id = k.signup_id
join event_partner b on b.organization_id = k.organization_id and b.partner_id = k.partner_id;
grant select on event_hosted, event_through_partner to hanpyo_app;

select note_targeting_changes_of('event_proposal', 'note_targeting_change_of_person');
-- As attendance, it belongs to a sign-up.
select note_targeting_changes_of('event_signup_partner', 'note_targeting_change_of_attendance');

-- Of another kind: everybody who signed up, and its host; at another time, published or called off: its host.
create or replace function note_targeting_change_of_event() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select distinct p.organization_id, p.voter_id from (
      select s.organization_id, s.person_id
      from changed c join before b on b.organization_id = c.organization_id and b.event_id = c.event_id and b.kind <> c.kind
      join event_signup s on s.organization_id = c.organization_id and s.event_id = c.event_id
      union
      select o.organization_id, o.person_id
      from changed c join before b on b.organization_id = c.organization_id and b.event_id = c.event_id
        and (b.kind, b.starts_at, b.published_at, b.canceled_at) is distinct from (c.kind, c.starts_at, c.published_at, c.canceled_at)
      join event_proposal o on o.organization_id = c.organization_id and o.event_id = c.event_id) theirs
    join person p on p.organization_id = theirs.organization_id and p.person_id = theirs.person_id
    where p.voter_id is not null;
  return null;
end $$;

-- A partner that gets another name: who came by its link.
create function note_targeting_change_of_partner() returns trigger language plpgsql as $$
begin
  insert into targeting_change (organization_id, voter_id)
    select distinct p.organization_id, p.voter_id
    from changed c join before b on b.organization_id = c.organization_id and b.partner_id = c.partner_id and b.name <> c.name
    join event_signup_partner k on k.organization_id = c.organization_id and k.partner_id = c.partner_id
    join event_signup s on s.organization_id = k.organization_id and s.signup_id = k.signup_id
    join person p on p.organization_id = s.organization_id and p.person_id = s.person_id
    where p.voter_id is not null;
  return null;
end $$;
create trigger targeting_updated after update on event_partner referencing old table as before new table as changed
  for each statement execute function note_targeting_change_of_partner();
