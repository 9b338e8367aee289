-- Whoever a mail was listed for may have been put together with somebody else since: that one is asked for their wishes.
create function mail_person(p_organization uuid, p_person uuid) returns uuid language sql stable as $$
  with recursive chain as (
    select person_id, merged_into, 1 as step from person where organization_id = p_organization and person_id = p_person
    union all
    select m.person_id, m.merged_into, c.step + 1 from chain c
      join person m on m.organization_id = p_organization and m.person_id = c.merged_into where c.step < 50)
  select person_id from chain where merged_into is null limit 1
$$;
