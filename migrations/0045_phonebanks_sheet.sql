-- Refreshing a list withdraws those who left the universe; voters on paper stay off the screens; who is no member any more
-- calls no more; numbers learned by calls are found by the search.

-- What bringing the list up to date did the last time.
alter table phone_bank add column last_added integer, add column last_withdrawn integer;
-- Since when a voter is on a printed sheet; `next_at` is then a day later.
alter table phone_bank_target add column on_paper_at timestamptz;
-- Lost the access with the membership or the role, not by a host: comes back with it.
alter table phone_bank_caller add column is_removed_as_member boolean not null default false;

-- Roles that may call are those of permissions.ts 'phonebanks.call'; a test compares them.
create function membership_acts_on_callers() returns trigger language plpgsql as $$
declare
  v_may_call boolean := new.ended_at is null and new.roles && '{organizer,host,caller}';
begin
  if v_may_call then
    update phone_bank_caller set removed_at = null, is_removed_as_member = false
      where organization_id = new.organization_id and user_id = new.user_id and is_removed_as_member;
  else
    update phone_bank_caller set removed_at = now(), is_removed_as_member = true
      where organization_id = new.organization_id and user_id = new.user_id and removed_at is null;
    perform give_back_calls(new.organization_id, caller_id, null, null) from phone_bank_caller
      where organization_id = new.organization_id and user_id = new.user_id;
  end if;
  return null;
end $$;
create trigger acts_on_callers after update of ended_at, roles on member for each row execute function membership_acts_on_callers();

-- The key that people/search/rules.ts makes of a number; here for those that come from calls, in the transaction of the call.
create function call_number_acts_on_search() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from person_search where organization_id = old.organization_id and person_id = old.person_id
      and key = 'p:' || reverse(regexp_replace(old.phone, '\D', '', 'g'));
  else
    insert into person_search (organization_id, person_id, key)
      values (new.organization_id, new.person_id, 'p:' || reverse(regexp_replace(new.phone, '\D', '', 'g'))) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger acts_on_search_in after insert on person_phone for each row when (new.source = 'call') execute function call_number_acts_on_search();
create trigger acts_on_search_out after delete on person_phone for each row when (old.source = 'call') execute function call_number_acts_on_search();

-- Takes those off the list who are not among these voters and were not called yet. Those who are back come back.
create function withdraw_targets(b phone_bank, p_voters integer[]) returns integer language plpgsql as $$
declare
  v_withdrawn integer;
begin
  update phone_bank_target set state = case when phones = '{}' then 'finished' else 'ready' end, why = case when phones = '{}' then 'no_number' end
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state = 'suppressed' and why = 'not_in_universe'
      and voter_id in (select unnest(p_voters));
  update phone_bank_target t set state = 'suppressed', why = 'not_in_universe', on_paper_at = null
    where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and state in ('ready', 'waiting') and attempts = 0
      and not exists (select from unnest(p_voters) v (voter_id) where v.voter_id = t.voter_id);
  get diagnostics v_withdrawn = row_count;
  return v_withdrawn;
end $$;

-- Puts the next voters, those never called first, on paper for a day. Answers how many.
create function put_on_paper(b phone_bank, p_count integer, p_now timestamptz) returns integer language plpgsql as $$
declare
  v_count integer;
begin
  with next as (
    select voter_id from phone_bank_target
      where organization_id = b.organization_id and phone_bank_id = b.phone_bank_id and phones <> '{}' and attempts < b.max_attempts
        and (state = 'ready' or state = 'waiting' and why in ('resting', 'elsewhere', 'skipped') and next_at <= p_now)
        and not exists (select from call_lease l where l.organization_id = b.organization_id and (l.voter_id = phone_bank_target.voter_id or l.line = phones[1]))
      order by state, position limit p_count for update skip locked)
  update phone_bank_target t set state = 'waiting', why = 'elsewhere', on_paper_at = p_now, next_at = p_now + interval '24 hours'
    from next where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = next.voter_id;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
