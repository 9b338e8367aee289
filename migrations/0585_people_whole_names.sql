-- A caller who put one part of a name right made the other parts vanish: they come back from the voter record, where nobody
-- has written a name since.
update person p set first_name = coalesce(p.first_name, r.first_name), middle_name = coalesce(p.middle_name, r.middle_name),
  last_name = coalesce(p.last_name, r.last_name), updated_at = now()
from voter_record r, phone_bank_told t
where r.voter_id = p.voter_id and p.merged_into is null
  and t.organization_id = p.organization_id and t.voter_id = p.voter_id and t.undone_at is null and t.told->>'kind' = 'name'
  and coalesce(t.before->'facts'->>'first_name', t.before->'facts'->>'last_name', t.before->'facts'->>'middle_name') is null
  and p.middle_name is null and p.first_name is not distinct from nullif(t.told->>'first_name', '')
  and p.last_name is not distinct from nullif(t.told->>'last_name', '') and (p.first_name is null) <> (p.last_name is null);
