-- Whoever was closed while on a sheet, or lost their last number, and is open again is on no sheet: until now they counted as
-- printed, held by nobody.
create or replace function lease_of_paper_ends() returns trigger language plpgsql as $$
declare
  g call_lease;
  v_home integer[];
  v_line integer[];
  v_of_home integer[];
  v_until timestamptz;
  o phone_bank_target;
begin
  for g in select * from gone where is_on_paper order by voter_id loop
    v_home := voters_at_home(g.organization_id, g.voter_id, 9);
    v_line := voters_at_number(g.organization_id, coalesce(g.line, (select l.phone from phone_bank_sheet_line l where l.organization_id = g.organization_id and l.sheet_id = g.caller_id and l.voter_id = g.voter_id limit 1)));
    update phone_bank_target set on_paper_at = null
      where organization_id = g.organization_id and phone_bank_id = g.phone_bank_id and voter_id = g.voter_id and on_paper_at is not null
        and (state in ('suppressed', 'finished') or state = 'waiting' and why = 'elsewhere');
    for o in select * from phone_bank_target
        where organization_id = g.organization_id and voter_id = any(v_home || v_line || g.voter_id)
          and state = 'waiting' and why = 'elsewhere' and next_at = g.leased_until and on_paper_at is null
        order by voter_id, phone_bank_id for update skip locked loop
      v_of_home := voters_at_home(o.organization_id, o.voter_id, 9);
      v_until := (select max(l.leased_until) from call_lease l join phone_bank b using (organization_id, phone_bank_id)
        where l.organization_id = o.organization_id and l.is_on_paper
          and (l.voter_id = o.voter_id or l.line = any(o.phones)
            or l.voter_id = any(v_of_home) and b.is_household_once_a_day and cardinality(v_of_home) <= 8));
      update phone_bank_target set
          state = case when v_until is null and o.next_before is not null and o.why_before is null
              or v_until is null and o.next_before is null and attempts = 0 then 'ready' else 'waiting' end,
          why = case when v_until is not null then 'elsewhere' when o.next_before is not null then o.why_before when attempts > 0 then 'resting' end,
          next_at = coalesce(v_until, o.next_before, g.leased_at),
          why_before = case when v_until is not null then o.why_before end,
          next_before = case when v_until is not null then o.next_before end
        where organization_id = o.organization_id and phone_bank_id = o.phone_bank_id and voter_id = o.voter_id;
    end loop;
  end loop;
  return null;
end $$;

update phone_bank_target t set on_paper_at = null
  where t.on_paper_at is not null
    and (t.state in ('suppressed', 'finished') or t.state = 'waiting' and t.why = 'elsewhere')
    and not exists (select from call_lease l where l.organization_id = t.organization_id and l.voter_id = t.voter_id
      and l.phone_bank_id = t.phone_bank_id and l.is_on_paper);
