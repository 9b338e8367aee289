-- The thread of one person, for targeting: whom we invited, what was agreed on with them, and the cohorts they applied to.

-- Whatever they answered since; the day is that of the first invitation, for a response taken back leaves the same one.
create view event_invited with (security_invoker) as
select s.organization_id, s.person_id, s.event_id, e.kind, e.code, r.invited_at
from event_signup s
join lateral (select min(i.at) as invited_at from event_response i
  where i.organization_id = s.organization_id and i.signup_id = s.signup_id and i.response = 'invited') r on r.invited_at is not null
join event e on e.organization_id = s.organization_id and e.event_id = s.event_id;
grant select on event_invited to hanpyo_app;

create index task_of_owner on task (organization_id, owner_id) where event_id is not null;

-- A task concerns whom it is about, and, agreed on at an event, whose account it is given to.
create function note_targeting_change_of_task() returns trigger language plpgsql as $$
begin
  if (select count(*) from (select from changed limit 10001) many) > 10000 then
    insert into targeting_change (organization_id) select distinct organization_id from changed;
  else
    insert into targeting_change (organization_id, voter_id)
      select distinct p.organization_id, p.voter_id
      from (select c.organization_id, c.person_id from changed c where c.person_id is not null
        union select a.organization_id, a.person_id from changed c
          join person_account a on a.organization_id = c.organization_id and a.user_id = c.owner_id where c.event_id is not null) theirs
      join person p on p.organization_id = theirs.organization_id and p.person_id = theirs.person_id
      where p.voter_id is not null;
  end if;
  return null;
end $$;
select note_targeting_changes_of('task', 'note_targeting_change_of_task');

select note_targeting_changes_of('cohort_application', 'note_targeting_change_of_person');
select note_targeting_changes_of('cohort', 'note_targeting_change_of_words');
