-- As before, also after calls to those at their number who are in no voter file.
create or replace function rest_newcomers(b phone_bank, p_voters integer[], p_now timestamptz) returns void language plpgsql
set plan_cache_mode = force_custom_plan as $$
declare
  v_since timestamptz := p_now - make_interval(hours => greatest(b.retry_after_hours, 25,
    (select max((s.value->>'hours')::integer) from jsonb_each(b.spacing) s)));
begin
  if p_now is null or p_voters = '{}' or not exists (select from contact_attempt a where a.organization_id = b.organization_id and a.recorded_at > v_since) then
    return;
  end if;
  with called as materialized (
    select a.voter_id, a.phone, a.is_reached, a.attempted_at, a.attempted_at + make_interval(hours => hours_of_rest(b, a.disposition)) as rests_until
      from contact_attempt a
      where a.organization_id = b.organization_id and a.recorded_at > v_since and (a.voter_id is not null or a.phone is not null)
        and a.channel in ('phone', 'inbound_phone') and a.undone_at is null),
  new as materialized (
    select t.voter_id, t.phones[1] as phone, t.time_zone from phone_bank_target t
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters)
        and (t.state = 'ready' or t.state = 'waiting' and t.why = 'resting')),
  hand as materialized (
    select p.voter_id, m.home from household_member m join person p on p.organization_id = m.organization_id and p.person_id = m.person_id
      where m.organization_id = b.organization_id and m.ended_at is null and p.merged_into is null and p.voter_id is not null),
  at_line as materialized (
    select n.voter_id, n.time_zone, c.voter_id as called, c.is_reached, c.attempted_at, c.rests_until from new n join called c on c.phone = n.phone),
  at_home as materialized (
    select n.voter_id, n.time_zone, n.home, c.attempted_at
      from (select c.voter_id, c.attempted_at, coalesce(h.home, r.household_key) as home
        from called c join voter_record r using (voter_id) left join hand h using (voter_id)) c
      join (select n.voter_id, n.time_zone, coalesce(h.home, r.household_key) as home
        from new n join voter_record r using (voter_id) left join hand h using (voter_id)) n on n.home = c.home and n.voter_id <> c.voter_id
      where b.is_household_once_a_day),
  -- A building without apartment numbers is no home.
  homes as materialized (
    select home from (select distinct home from at_home) each where cardinality(voters_of_home(b.organization_id, home, 9)) <= 8),
  -- As a result has it for those who are on the list: the voter, the line nobody answered; the others of line and home not before tomorrow.
  rests as (
    select n.voter_id, c.rests_until as until, 'resting' as why from new n join called c using (voter_id)
    union all
    select l.voter_id, l.rests_until, 'resting' from at_line l where not l.is_reached
    union all
    select o.voter_id, day_after(o.time_zone, o.attempted_at), 'household' from (
      select l.voter_id, l.time_zone, max(l.attempted_at) as attempted_at from (
        select l.voter_id, l.time_zone, l.attempted_at from at_line l where b.is_household_once_a_day and l.called is distinct from l.voter_id
        union all
        select voter_id, time_zone, attempted_at from at_home join homes using (home)) l
      group by l.voter_id, l.time_zone) o),
  longest as (select distinct on (voter_id) voter_id, until, why from rests where until > p_now order by voter_id, until desc, why desc)
  update phone_bank_target t set state = 'waiting', why = l.why, next_at = l.until
    from longest l
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = l.voter_id and t.next_at < l.until;
end $$;

-- A call to a newcomer that is taken back lets those go on whom it made rest (`newcomer_call_rests`), as far as no other call holds them.
create function newcomer_call_undone() returns trigger language plpgsql as $$
declare
  v_line integer[] := voters_at_number(new.organization_id, new.phone);
  v_banks uuid[];
  v_voters integer[];
  o phone_bank;
begin
  if cardinality(v_line) = 0 then return null; end if;
  perform t.voter_id from phone_bank_target t
    where t.organization_id = new.organization_id and t.voter_id = any(v_line) order by t.voter_id, t.phone_bank_id for update;
  with rests as (
    select t.phone_bank_id, t.voter_id, r.*
      from phone_bank_target t join phone_bank b on b.organization_id = t.organization_id and b.phone_bank_id = t.phone_bank_id and b.ended_at is null
      cross join lateral (values
        ('resting', new.attempted_at + make_interval(hours => hours_of_rest(b, new.disposition))),
        ('household', day_after(t.time_zone, new.attempted_at))) r (why, until)
      where t.organization_id = new.organization_id and t.voter_id = any(v_line)),
  opened as (
    update phone_bank_target t set why = case when t.attempts > 0 then 'resting' end, next_at = '-infinity',
        state = case when t.state = 'leased' then 'leased' when t.attempts = 0 then 'ready' else 'waiting' end
      from rests r
      where t.organization_id = new.organization_id and t.phone_bank_id = r.phone_bank_id and t.voter_id = r.voter_id
        and t.state in ('waiting', 'leased') and t.why = r.why and t.next_at = r.until
      returning t.phone_bank_id, t.voter_id)
  select array_agg(phone_bank_id), array_agg(voter_id) into v_banks, v_voters from opened;
  for o in select b.* from phone_bank b where b.organization_id = new.organization_id and b.phone_bank_id = any(v_banks) loop
    perform rest_newcomers(o, array(select u.voter from unnest(v_banks, v_voters) u (bank, voter) where u.bank = o.phone_bank_id), new.undone_at);
  end loop;
  return null;
end $$;
create trigger newcomer_call_undone after update of undone_at on contact_attempt for each row
  when (old.undone_at is null and new.undone_at is not null and new.voter_id is null and new.phone is not null
    and new.channel in ('phone', 'inbound_phone'))
  execute function newcomer_call_undone();
