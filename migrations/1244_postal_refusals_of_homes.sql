-- What was noted of the residents of a home that wants no more paper begins with the list's name, so that it is taken back with the
-- home's closing; closings before that wrote it in the same transaction as their entry of the trail, with the same words.
update consent c set evidence = 'No more paper · 우편물 거절: ' || c.evidence
from audit_entry a
where a.organization_id = c.organization_id and a.action = 'suppression_list.close' and a.after ->> 'name' = 'No more paper · 우편물 거절'
  and a.at = c.recorded_at and a.after ->> 'evidence' = c.evidence and c.channel = 'post' and not c.is_given;
