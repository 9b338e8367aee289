-- Where no phone bank is open nobody rests on a list: who shares the home is not asked then, which takes seconds for each
-- call while the indexes of a large voter file are still being made.
create or replace function call_elsewhere_rests() returns trigger language plpgsql as $$
declare
  v_line integer[] := '{}';
  v_home integer[];
begin
  if not exists (select from phone_bank where organization_id = new.organization_id and ended_at is null) then return null; end if;
  if new.phone is not null then v_line := voters_at_number(new.organization_id, new.phone); end if;
  v_home := voters_at_home(new.organization_id, new.voter_id, 9);
  if cardinality(v_home) > 8 then v_home := '{}'; end if;
  perform t.voter_id from phone_bank_target t
    where t.organization_id = new.organization_id and t.voter_id = any(new.voter_id || v_line || v_home) order by t.voter_id, t.phone_bank_id for update;
  with rests as (
    select t.phone_bank_id, t.voter_id, r.*
      from phone_bank_target t join phone_bank b on b.organization_id = t.organization_id and b.phone_bank_id = t.phone_bank_id and b.ended_at is null
      cross join lateral (values
        ('resting', new.attempted_at + make_interval(hours => hours_of_rest(b, new.disposition)),
          t.voter_id = new.voter_id or t.phones[1] = new.phone and not new.is_reached),
        ('household', day_after(t.time_zone, new.attempted_at), t.voter_id <> new.voter_id and b.is_household_once_a_day)) r (why, until, applies)
      where t.organization_id = new.organization_id and t.voter_id = any(new.voter_id || v_line || v_home)),
  longest as (
    select distinct on (phone_bank_id, voter_id) * from rests where applies and until > new.recorded_at order by phone_bank_id, voter_id, until desc, why desc)
  -- Whoever is in a hand stays there, and rests as they are given back.
  update phone_bank_target t set state = case when t.state = 'leased' then 'leased' else 'waiting' end, why = l.why, next_at = l.until
    from longest l
    where t.organization_id = new.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id and t.next_at < l.until
      and t.state in ('ready', 'waiting', 'leased') and (t.why is null or t.why in ('resting', 'elsewhere', 'skipped', 'household'));
  return null;
end $$;
