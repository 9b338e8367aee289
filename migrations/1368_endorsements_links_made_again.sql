-- A link made after the one before was withdrawn asks from then on; as the activity log has it, where it has it.
with again as (
  select i.organization_id, i.invitation_id, min(a.audit_id) as audit_id
  from endorsement_invitation i
  join audit_entry a on a.organization_id = i.organization_id and a.action = 'endorsement.invite'
    and a.subject_id = i.cycle_id::text and a.after ->> 'candidate_id' = i.candidate_id::text
  where i.number > 1 and a.audit_id > (
    select max(r.audit_id) from audit_entry r
    where r.organization_id = i.organization_id and r.action = 'endorsement.revoke'
      and r.subject_id = i.cycle_id::text and r.after ->> 'candidate_id' = i.candidate_id::text
      and r.audit_id < (
        select max(l.audit_id) from audit_entry l
        where l.organization_id = i.organization_id and l.action = 'endorsement.invite'
          and l.subject_id = i.cycle_id::text and l.after ->> 'candidate_id' = i.candidate_id::text
      )
  )
  group by 1, 2
)
update endorsement_invitation i set made_at = a.at, made_by = a.actor_name
from again join audit_entry a on a.audit_id = again.audit_id and a.organization_id = again.organization_id
where i.organization_id = again.organization_id and i.invitation_id = again.invitation_id and i.made_at < a.at;
