-- 1310 took any decision of whoever raised a challenge for theirs, where the words are the same. Where the activity log has these
-- words of somebody else who is called as the one that decided, and nowhere that it was their own, nothing is said of them.
update endorsement_challenge c set is_own_decision = false
from endorsement_roll r
where r.organization_id = c.organization_id and r.roll_id = c.roll_id and c.is_own_decision
  and exists (
    select from audit_entry a
    where a.organization_id = c.organization_id and a.action = 'endorsement.decide'
      and a.after ->> 'person_id' = r.person_id::text and a.after ->> 'reason' = c.decision
      and a.actor_name = c.decided_by and a.actor_id is distinct from c.raised_by_id
  )
  and not exists (
    select from audit_entry a
    where a.organization_id = c.organization_id and a.action = 'endorsement.decide'
      and a.after ->> 'person_id' = r.person_id::text and a.after ->> 'reason' = c.decision
      and a.actor_name = c.decided_by and a.actor_id = c.raised_by_id and a.after ->> 'is_own_decision' = 'true'
  );
