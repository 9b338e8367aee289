-- Somebody in a hand of one phone bank whose number is learned to be another, or none, is in that caller's conversation until
-- their time is over: the other phone banks of the organization wait as this one does.
create or replace function stand_by_person(p_organization uuid, p_voters integer[], p_was text) returns void language plpgsql as $$
declare
  v_voter integer;
  v_person uuid;
  v_language text;
  v_phones text[];
  v_spoken text;
  v_is_known boolean;
  v_holder uuid;
  t phone_bank_target;
  l call_lease;
begin
  foreach v_voter in array p_voters loop
    -- Most are on no list.
    continue when not exists (select from phone_bank_target g where g.voter_id = v_voter and g.organization_id = p_organization);
    v_person := null;
    v_language := null;
    select p.person_id, p.language into v_person, v_language from person p
      where p.organization_id = p_organization and p.voter_id = v_voter and p.merged_into is null;
    v_phones := numbers_to_call(p_organization, v_voter, v_person);
    for t in select * from phone_bank_target g where g.voter_id = v_voter and g.organization_id = p_organization order by g.phone_bank_id loop
      v_spoken := coalesce(v_language, t.language);
      v_is_known := v_language is not null or t.is_language_known;
      if v_language is null and t.is_language_known and t.language = p_was then
        v_is_known := false;
        select coalesce(case when guess.language = any(b.languages) then guess.language end, 'und') into v_spoken
          from (select case when r.p_korean >= 50 then 'ko' when r.p_chinese >= 50 then 'zh' when r.p_vietnamese >= 50 then 'vi'
              when r.p_filipino >= 50 then 'tl' when r.p_japanese >= 50 then 'ja' end as language from voter_record r where r.voter_id = v_voter) guess
          cross join (select k.languages from phone_bank k where k.organization_id = p_organization and k.phone_bank_id = t.phone_bank_id) b;
      end if;
      -- Somebody at home who is talked with is on no list: their row has the line of the home until the talk is over.
      continue when t.state = 'leased' and t.why = 'talk' and t.closed_as = 'not_in_universe';
      if t.why = 'no_number' and t.is_number_invalid <> has_invalid_number(p_organization, v_voter, v_person) then
        update phone_bank_target set is_number_invalid = not is_number_invalid
          where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter and why = 'no_number';
      end if;
      -- Most are as they should be: whoever records a result for them does not wait.
      continue when (t.phones, t.language, t.is_language_known) is not distinct from (v_phones, v_spoken, v_is_known);
      select * into t from phone_bank_target where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter for update;
      continue when not found;

      update phone_bank_target set phones = v_phones, language = v_spoken, is_language_known = v_is_known,
          state = case when v_phones = '{}' and state in ('ready', 'waiting', 'leased') then 'finished'
            when v_phones <> '{}' and state = 'finished' and why = 'no_number' then
              case when attempts = 0 and next_at = '-infinity' and closed_as is null then 'ready' else 'waiting' end
            else state end,
          why = case when v_phones = '{}' and state in ('ready', 'waiting', 'leased') then 'no_number'
            when v_phones <> '{}' and state = 'finished' and why = 'no_number' then
              case when closed_as in ('call_back', 'organizer', 'handed_on', 'next_number') then closed_as
                when attempts > 0 then 'resting' when next_at > '-infinity' then 'elsewhere' end
            else why end,
          -- Closed while in a hand: as in 0261.
          next_at = greatest(next_at, case when v_phones = '{}' and state = 'leased' then (select k.leased_until from call_lease k
            where k.organization_id = p_organization and k.voter_id = v_voter and k.phone_bank_id = t.phone_bank_id) end),
          -- A promise, or an organizer who has to look first, outlasts the moment without a number.
          closed_as = case when v_phones = '{}' then case when state in ('ready', 'waiting', 'leased')
                and why in ('call_back', 'organizer', 'handed_on', 'next_number') then why end
              when state = 'finished' and why = 'no_number' then null else closed_as end,
          leased_to = case when v_phones <> '{}' then leased_to end
        where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter;
      continue when t.state <> 'leased';

      -- In a hand: the caller gets the card again, with the line of its number, unless somebody else is busy with that.
      select * into l from call_lease where organization_id = p_organization and voter_id = v_voter and phone_bank_id = t.phone_bank_id;
      continue when not found;
      if v_phones = '{}' then
        delete from call_lease where organization_id = p_organization and voter_id = v_voter;
        -- Whoever has them on the screen hears of it at the next contact: no other phone bank hands them out before that either.
        update phone_bank_target o set next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = v_voter and o.phone_bank_id <> l.phone_bank_id
            and (o.state in ('ready', 'waiting') or o.state = 'finished' and o.why = 'no_number');
        continue;
      end if;
      if v_phones[1] = t.phones[1] then
        update call_lease set is_changed = true where organization_id = p_organization and voter_id = v_voter;
        continue;
      end if;
      -- The line held so far passes on to whoever else of it is in this hand (line_stays_in_hand).
      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
      v_holder := (select o.caller_id from call_lease o where o.organization_id = p_organization and o.line = v_phones[1]);
      if v_holder <> l.caller_id then
        update phone_bank_target set leased_to = null, closed_as = null, next_at = greatest(next_at, l.leased_until),
            state = case when why = 'talk' then 'finished' else 'waiting' end,
            why = case when why = 'talk' then closed_as else coalesce(why, 'elsewhere') end
          where organization_id = p_organization and phone_bank_id = t.phone_bank_id and voter_id = v_voter;
        -- Whoever had them in hand may be talking with them this very moment: no other phone bank hands them out meanwhile.
        update phone_bank_target o set state = 'waiting', why = coalesce(o.why, 'elsewhere'), next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = v_voter and o.phone_bank_id <> l.phone_bank_id and o.state in ('ready', 'waiting');
      else
        insert into call_lease (organization_id, voter_id, phone_bank_id, caller_id, line, leased_at, leased_until, is_changed)
          values (p_organization, v_voter, l.phone_bank_id, l.caller_id, case when v_holder is null then v_phones[1] end, l.leased_at, l.leased_until, true);
      end if;
      -- They may be talking on it this very moment.
      if l.line is not null and not exists (select from call_lease o where o.organization_id = p_organization and o.line = l.line) then
        update phone_bank_target o set state = 'waiting', why = coalesce(o.why, 'elsewhere'), next_at = greatest(o.next_at, l.leased_until)
          where o.organization_id = p_organization and o.voter_id = any(voters_at_number(p_organization, l.line)) and o.voter_id <> v_voter
            and o.phones[1] = l.line and o.state in ('ready', 'waiting');
      end if;
    end loop;
  end loop;
end $$;
