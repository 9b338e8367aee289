-- A wrong number is wrong for whoever it was noted of alone, who may be in no voter file; every other mark of a number closes it for
-- all who have it.
create function closes_number(s suppression, p_voter integer, p_person uuid) returns boolean language sql immutable as $$
  select s.voter_id = p_voter or s.voter_id is null and (s.reason <> 'wrong_number' or s.person_id = p_person)
$$;

-- As before but for that.
do $$
declare
  r record;
  v_text text;
begin
  for r in select * from (values
      ('numbers_to_call', '(s.voter_id is null or s.voter_id = p_voter)', 'closes_number(s, p_voter, p_person)'),
      ('open_numbers', '(s.voter_id is null or s.voter_id = p_voter)', 'closes_number(s, p_voter, (select p.person_id from person p
        where p.organization_id = p_organization and p.voter_id = p_voter and p.merged_into is null))'),
      ('note_targeting_change_of_number', 'c.voter_id is null and c.person_id is null', 'c.voter_id is null and c.reason <> ''wrong_number''')
    ) each (name, was, is_now) loop
    select pg_get_functiondef(oid) into strict v_text from pg_proc where proname = r.name and pronamespace = current_schema()::text::regnamespace;
    if position(r.was in v_text) = 0 then raise exception '% reads in another way', r.name; end if;
    execute replace(v_text, r.was, r.is_now);
  end loop;
end $$;

-- Of somebody in no voter file it stands on no list, until they are matched.
create function wrong_number_of_one() returns trigger language plpgsql as $$
begin
  perform stand_by_person(new.organization_id, array(select p.voter_id from person p
    where p.organization_id = new.organization_id and p.person_id = new.person_id and p.voter_id is not null), null);
  return null;
end $$;
drop trigger acts_on_phone_banks on suppression;
create trigger acts_on_phone_banks after insert or update of taken_back_at on suppression
  for each row when (new.voter_id is not null or new.reason <> 'wrong_number') execute function suppression_acts_on_phone_banks();
create trigger wrong_number_of_one after insert or update of taken_back_at on suppression
  for each row when (new.voter_id is null and new.reason = 'wrong_number') execute function wrong_number_of_one();
