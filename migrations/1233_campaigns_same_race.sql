-- One seat by office and district. A title tells seats apart only where the office has no word of its own, and in one
-- election it may be written in more languages than in the next.
create or replace function is_same_race(p_one integer, p_other integer) returns boolean language sql stable as $$
  select p_one = p_other or exists (
    select from contest a join scheduled_election x on x.election_id = a.election_id
    join contest b on b.office = a.office and b.district_kind = a.district_kind and b.district = a.district
      and (a.office <> 'other'
        or lower(trim(coalesce(nullif(a.title ->> 'en', ''), a.title ->> 'ko', '')))
          = lower(trim(coalesce(nullif(b.title ->> 'en', ''), b.title ->> 'ko', ''))))
    join scheduled_election y on y.election_id = b.election_id
    where a.contest_id = p_one and b.contest_id = p_other and x.state = y.state
      and extract(year from x.held_on) = extract(year from y.held_on))
$$;
