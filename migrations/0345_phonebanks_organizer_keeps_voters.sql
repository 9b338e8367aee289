-- As before; who waits for the organizer, or was told that a speaker of their language will call, is kept too until that is done. Who leaves
-- the universe leaves a printed sheet as well: their line is free again.
create or replace function withdraw_targets(b phone_bank, p_voters integer[]) returns integer language plpgsql as $$
declare
  v_out integer[];
begin
  update phone_bank_target set state = case when attempts = 0 then 'ready' else 'waiting' end, why = case when attempts > 0 then 'resting' end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state = 'suppressed' and why = 'not_in_universe'
      and voter_id in (select unnest(p_voters));
  with out as (
    update phone_bank_target t set state = 'suppressed', why = 'not_in_universe', on_paper_at = null, call_back_for = null
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id
        and (state = 'ready' or state = 'waiting' and why not in ('call_back', 'organizer', 'handed_on'))
        and not exists (select from unnest(p_voters) v (voter_id) where v.voter_id = t.voter_id)
      returning voter_id)
  select coalesce(array_agg(voter_id), '{}') into v_out from out;
  delete from call_lease where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and is_on_paper and voter_id = any(v_out);
  return cardinality(v_out);
end $$;
