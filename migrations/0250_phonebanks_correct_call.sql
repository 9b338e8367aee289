-- A caller corrects one of their own results: the first is taken back and the voter put into their hand, so that the corrected one, noted
-- next in the same transaction, meets the voter as the first did and nobody is handed them in between.
-- Answers 'ready' (taken back), 'new' (nothing to take back: the first never came, or the corrected one is here already) or why not.
create function correct_call(b phone_bank, p_caller uuid, p_by text, p_voter integer, p_first uuid, p_corrected uuid, p_since timestamptz, p_made_at timestamptz, p_now timestamptz)
returns text language plpgsql as $$
declare
  a contact_attempt;
  v_is_last boolean;
begin
  select last_attempt_id is not distinct from p_first into v_is_last from phone_bank_target
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter for update;
  if not found then return 'not_yours'; end if;
  -- After the lock: of the same correction sent twice at once, the second waits above and finds the first here.
  if exists (select from contact_attempt where organization_id = b.organization_id and attempt_id = p_corrected) then return 'new'; end if;
  select * into a from contact_attempt where organization_id = b.organization_id and attempt_id = p_first;
  if not found then return 'new'; end if;
  if a.caller_id is distinct from p_caller or a.phone_bank_id is distinct from b.phone_bank_id or a.voter_id is distinct from p_voter then
    return 'not_yours';
  end if;
  if a.undone_at is not null then return 'taken_back'; end if;
  if a.recorded_at < p_since then return 'too_late'; end if;
  if exists (select from phone_bank_caller where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and caller_id = p_caller
      and removed_at < p_made_at) then
    return 'closed';
  end if;
  if not undo_call(b.organization_id, p_first, p_by, p_now) then return 'taken_back'; end if;
  -- Called again since: where they stand now comes from the later call.
  if v_is_last then
    update phone_bank_target set state = 'leased', leased_to = p_caller
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and voter_id = p_voter and state in ('ready', 'waiting');
  end if;
  return 'ready';
end $$;
