-- A conversation keeps its voter however long it is; one whose page went away in the middle rests like any call that was made.

-- Since when the caller is on the telephone with them, as their device says; null: not, or unknown.
alter table call_lease add column talking_since timestamptz;
create index bridge_call_by_voter on bridge_call (voter_id, organization_id);

create or replace function end_old_leases(p_organization uuid, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_ended integer;
begin
  with old as (
    delete from call_lease where organization_id = p_organization and voter_id in (
      select l.voter_id from call_lease l where l.organization_id = p_organization and l.leased_until < p_now
        -- Still on the line by way of the bridge; after so long the carrier has forgotten to say that it is over.
        and not exists (select from bridge_call c where c.voter_id = l.voter_id and c.organization_id = p_organization and c.ended_at is null
          and c.dialed_at > p_now - case when c.answered_at is null then interval '20 minutes' else interval '4 hours' end)
        for update skip locked)
      returning voter_id, phone_bank_id, caller_id, leased_at, talking_since),
    ended as (
      select old.voter_id, old.phone_bank_id, old.caller_id,
          case when old.talking_since is not null or exists (select from bridge_call c where c.voter_id = old.voter_id and c.organization_id = p_organization
              and c.dialed_at >= old.leased_at and c.state <> 'failed')
            then p_now + make_interval(hours => (select b.retry_after_hours from phone_bank b
              where b.organization_id = p_organization and b.phone_bank_id = old.phone_bank_id)) end as rests_until
        from old)
  update phone_bank_target t set leased_to = null, closed_as = null,
      state = case when t.why = 'talk' then 'finished' when t.why is null and e.rests_until is null then 'ready' else 'waiting' end,
      why = case when t.why = 'talk' then t.closed_as
        when e.rests_until is not null and (t.why is null or t.why in ('elsewhere', 'skipped', 'household')) then 'resting' else t.why end,
      next_at = case when e.rests_until is not null and t.why is distinct from 'talk' then greatest(t.next_at, e.rests_until) else t.next_at end
    from ended e where t.organization_id = p_organization and t.phone_bank_id = e.phone_bank_id and t.voter_id = e.voter_id
      and t.state = 'leased' and t.leased_to = e.caller_id;
  get diagnostics v_ended = row_count;
  return v_ended;
end $$;
