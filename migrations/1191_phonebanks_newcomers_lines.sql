-- One telephone at which several newcomers can be reached rests like one with several voters.
create index contact_attempt_of_line on contact_attempt (phone, organization_id, attempted_at) where voter_id is null and phone is not null;

-- A newcomer's telephone rang: voters at that number rest on every list, as after a call made elsewhere.
create function newcomer_call_rests() returns trigger language plpgsql as $$
declare
  v_line integer[] := voters_at_number(new.organization_id, new.phone);
begin
  if cardinality(v_line) = 0 then return null; end if;
  perform t.voter_id from phone_bank_target t
    where t.organization_id = new.organization_id and t.voter_id = any(v_line) order by t.voter_id, t.phone_bank_id for update;
  with rests as (
    select t.phone_bank_id, t.voter_id, r.*
      from phone_bank_target t join phone_bank b on b.organization_id = t.organization_id and b.phone_bank_id = t.phone_bank_id and b.ended_at is null
      cross join lateral (values
        ('resting', new.attempted_at + make_interval(hours => hours_of_rest(b, new.disposition)), t.phones[1] = new.phone and not new.is_reached),
        ('household', day_after(t.time_zone, new.attempted_at), b.is_household_once_a_day)) r (why, until, applies)
      where t.organization_id = new.organization_id and t.voter_id = any(v_line)),
  longest as (
    select distinct on (phone_bank_id, voter_id) * from rests where applies and until > new.recorded_at order by phone_bank_id, voter_id, until desc, why desc)
  update phone_bank_target t set state = case when t.state = 'leased' then 'leased' else 'waiting' end, why = l.why, next_at = l.until
    from longest l
    where t.organization_id = new.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id and t.next_at < l.until
      and t.state in ('ready', 'waiting', 'leased') and (t.why is null or t.why in ('resting', 'elsewhere', 'skipped', 'household'));
  return null;
end $$;
create trigger newcomer_call_rests after insert on contact_attempt for each row
  when (new.voter_id is null and new.phone is not null and new.channel in ('phone', 'inbound_phone') and new.undone_at is null
    and new.attempted_at > new.recorded_at - interval '336 hours')
  execute function newcomer_call_rests();

-- Who answered by their page or by another hand is in nobody's hand any more, nor is their number.
create function settled_newcomer_is_let_go() returns trigger language plpgsql as $$
begin
  delete from newcomer_lease n where n.organization_id = new.organization_id and n.signup_id = new.signup_id;
  return null;
end $$;
create trigger settled_newcomer_is_let_go after update of response on event_signup for each row
  when (old.response = 'signed_up' and new.response <> 'signed_up') execute function settled_newcomer_is_let_go();
