-- Whom a caller had in hand of those in no voter file: what they said of anybody else is not taken.
create table newcomer_hand (
  organization_id uuid not null,
  signup_id uuid not null,
  caller_id uuid not null,
  at timestamptz not null,                               -- the last time
  is_put_off boolean not null default false,             -- not now, said this caller, and did not come back to them
  primary key (organization_id, signup_id, caller_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
create index newcomer_hand_of_caller on newcomer_hand (caller_id, organization_id);
select own_by_organization('newcomer_hand');
insert into newcomer_hand (organization_id, signup_id, caller_id, at, is_put_off)
  select organization_id, signup_id, caller_id, leased_at, is_put_off from newcomer_lease where phone_bank_id is not null;

-- With the access of a caller, or of all of them, goes whom they had in hand.
create function hands_of_newcomers_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'phone_bank' then
    delete from newcomer_lease n where n.organization_id = new.organization_id and n.phone_bank_id = new.phone_bank_id;
  else
    delete from newcomer_lease n where n.organization_id = new.organization_id and n.caller_id = new.caller_id;
  end if;
  return null;
end $$;
create trigger hands_of_newcomers_end after update of ended_at on phone_bank for each row
  when (old.ended_at is null and new.ended_at is not null) execute function hands_of_newcomers_end();
create trigger hands_of_newcomers_end after update of removed_at on phone_bank_caller for each row
  when (old.removed_at is null and new.removed_at is not null) execute function hands_of_newcomers_end();

-- Whoever comes to a list rests after calls to somebody in no voter file too: at their number, or their own before they were matched.
create or replace function rest_newcomers(b phone_bank, p_voters integer[], p_now timestamptz) returns void language plpgsql
-- How many there are decides the plan.
set plan_cache_mode = force_custom_plan as $$
declare
  v_since timestamptz := p_now - make_interval(hours => greatest(b.retry_after_hours, 25,
    (select max((s.value->>'hours')::integer) from jsonb_each(b.spacing) s)));
begin
  if p_now is null or p_voters = '{}' or not exists (select from contact_attempt a where a.organization_id = b.organization_id and a.recorded_at > v_since) then
    return;
  end if;
  with called as materialized (
    select coalesce(a.voter_id, whose.voter_id) as voter_id, a.phone, a.is_reached, a.attempted_at, a.attempted_at + make_interval(hours => hours_of_rest(b, a.disposition)) as rests_until
      from contact_attempt a
      left join person whose on a.voter_id is null and whose.organization_id = a.organization_id and whose.person_id = a.person_id
      where a.organization_id = b.organization_id and a.recorded_at > v_since
        and (a.voter_id is not null or a.phone is not null or whose.voter_id is not null)
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

-- A message is no answer to whether somebody comes: phone banks that ask it try again, unless somebody has said otherwise.
update phone_bank b set spacing = b.spacing || '{"left_message":{"hours":null,"most":null,"again":true}}'
  from event_phone_bank l
  where l.organization_id = b.organization_id and l.phone_bank_id = b.phone_bank_id and l.what = 'confirming'
    and b.ended_at is null and not b.spacing ? 'left_message';
