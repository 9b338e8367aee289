-- Who belongs together on a list was told by places in it. Voters who come with a refresh may stand at a place that is taken, and two strangers
-- were then one home: handed out together, and resting because the other was called. Now it is told by the voters themselves.

-- As in 0281, by voters; and takes apart who does not belong together.
create or replace function group_targets(b phone_bank) returns void language sql as $$
  with hand as (
    select p.voter_id, m.home from household_member m join person p on p.organization_id = m.organization_id and p.person_id = m.person_id
      where m.organization_id = b.organization_id and m.ended_at is null and p.merged_into is null and p.voter_id is not null),
  lived as (
    select t.voter_id, t.phones[1] as phone, coalesce(hand.home, r.household_key) as household
    from phone_bank_target t join voter_record r using (voter_id) left join hand using (voter_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.phones <> '{}'),
  one as (
    select voter_id, phone,
      case when household is not null and count(*) over (partition by household) <= 8 then min(voter_id) over (partition by household) else voter_id end as home
    from lived),
  two as (select *, case when count(*) over (partition by phone) <= 8 then min(home) over (partition by phone) else home end as line from one),
  three as (select voter_id, min(line) over (partition by home) as who from two),
  families as (select array_agg(voter_id order by voter_id) as ids from three group by who having count(*) between 2 and 10),
  each as (select ids, unnest(ids) as voter_id from families)
  update phone_bank_target t set together = array_remove(e.ids, t.voter_id)
    from lived left join each e using (voter_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = lived.voter_id
      and t.together is distinct from array_remove(e.ids, t.voter_id)
$$;

create or replace function group_these(b phone_bank, p_voters integer[], p_large_homes bigint[], p_large_lines text[]) returns void language plpgsql as $$
begin
  perform t.voter_id from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters) order by t.voter_id for update;
  with lived as (
    select t.voter_id, t.phones[1] as phone, home_of_voter(b.organization_id, t.voter_id) as household
    from phone_bank_target t
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters) and t.phones <> '{}'),
  one as (
    select voter_id, phone, case when household is null or household = any(p_large_homes) then voter_id else min(voter_id) over (partition by household) end as home
    from lived),
  two as (select *, case when phone = any(p_large_lines) then home else min(home) over (partition by phone) end as line from one),
  three as (select voter_id, min(line) over (partition by home) as who from two),
  families as (select array_agg(voter_id order by voter_id) as ids from three group by who having count(*) between 2 and 10),
  each as (select ids, unnest(ids) as voter_id from families)
  update phone_bank_target t set together = array_remove(e.ids, t.voter_id)
    from unnest(p_voters) v (voter_id) left join each e using (voter_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = v.voter_id
      and t.together is distinct from array_remove(e.ids, t.voter_id);
end $$;

-- Lists that are called: strangers who were taken for a home are none any more.
do $$
declare b phone_bank;
begin
  for b in select * from phone_bank where ended_at is null and prepared_at is not null loop
    perform group_targets(b);
  end loop;
end $$;
