-- Voters whose right number went with somebody else's wrong one have it back.
do $$
declare
  o record;
begin
  for o in
    with closed as (
      select s.organization_id, s.phone from suppression s
        where s.voter_id is null and s.reason = 'wrong_number' and s.phone is not null and s.taken_back_at is null),
    theirs as (
      select c.organization_id, f.voter_id from closed c join voter_phone f on f.phone = c.phone
      union
      select c.organization_id, p.voter_id from closed c
        join person_phone f on f.organization_id = c.organization_id and f.phone = c.phone
        join person p on p.organization_id = f.organization_id and p.person_id = f.person_id and p.voter_id is not null)
    select organization_id, array_agg(voter_id order by voter_id) as voters from theirs group by organization_id loop
    perform stand_by_person(o.organization_id, o.voters, null);
    insert into targeting_change (organization_id, voter_id) select o.organization_id, unnest(o.voters);
  end loop;
end $$;
