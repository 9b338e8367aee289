-- Who raised a challenge before accounts were kept, and whether they decided it too, as the activity log has it: that two are
-- called alike says nothing of either. Where the log does not tell, nothing is said.
with raised as (
  select c.organization_id, c.challenge_id, min(a.actor_id) as actor_id
  from endorsement_challenge c
  join endorsement_roll r on r.organization_id = c.organization_id and r.roll_id = c.roll_id
  join audit_entry a on a.organization_id = c.organization_id and a.action = 'endorsement.challenge'
    and a.after ->> 'person_id' = r.person_id::text and a.after ->> 'may_vote' = c.wants::text
    and a.after ->> 'reason' = c.reason and a.actor_name = c.raised_by
  where c.raised_by_id is null
  group by 1, 2
  having count(distinct a.actor_id) = 1
), known as (
  select c.organization_id, c.challenge_id, raised.actor_id, exists (
    select from endorsement_roll r
    join audit_entry a on a.organization_id = r.organization_id and a.action = 'endorsement.decide'
      and a.after ->> 'person_id' = r.person_id::text and a.after ->> 'reason' = c.decision and a.actor_id = raised.actor_id
    where r.organization_id = c.organization_id and r.roll_id = c.roll_id
  ) as is_own
  from endorsement_challenge c
  left join raised on raised.organization_id = c.organization_id and raised.challenge_id = c.challenge_id
  where c.raised_by_id is null
)
update endorsement_challenge c set raised_by_id = known.actor_id, is_own_decision = known.is_own
from known where known.organization_id = c.organization_id and known.challenge_id = c.challenge_id;
