-- A number that no telephone can have is never handed out, and the host reads for how many voters there is no other.

-- Of North America as libphonenumber (metadata of 1.13.16, all countries of +1) says, area codes and exchanges; a test compares the two. Of other
-- countries what was accepted when it was entered.
create function is_valid_number(p_phone text) returns boolean language sql immutable parallel safe as $$
  select p_phone !~ '^\+1' or p_phone ~ '^\+1(?:900[2-9]\d{6}|8(?:00|33|44|55|66|77|88)[2-9]\d{6}|52(?:3(?:[2-46-9][02-9]\d|5(?:[02-46-9]\d|5[0-46-9]))|4(?:[2-478][02-9]\d|5(?:[034]\d|2[024-9]|5[0-46-9])|6(?:0[1-9]|[2-9]\d)|9(?:[05-9]\d|2[0-5]|49)))\d{4}|52[34][2-9]1[02-9]\d{4}|5(?:00|2[125-9]|3[23]|44|66|77|88)[2-9]\d{6}|983[2-57-9]\d{6}|(?:2(?:0[1-35-9]|1[02-9]|2[03-57-9]|3[1459]|4[08]|5[1-46]|6[0279]|7[02469]|8[13])|3(?:0[1-57-9]|1[02-9]|2[013-79]|3[0-24679]|4[167]|5[0-3]|6[01349]|8[056])|4(?:0[124-9]|1[02-579]|2[3-5]|3[0245]|4[023578]|58|6[349]|7[02589]|8[04])|5(?:0[1-57-9]|1[0235-8]|20|3[0149]|4[01]|5[179]|6[1-47]|7[0-5]|8[0256])|6(?:0[1-35-9]|1[024-9]|2[03689]|3[016]|4[0156]|5[01679]|6[0-279]|78|8[0-269])|7(?:0[1-46-8]|1[2-9]|2[04-8]|3[0-2478]|4[0378]|5[47]|6[02359]|7[0-59]|8[156])|8(?:0[1-68]|1[02-8]|2[0168]|3[0-2589]|4[03578]|5[046-9]|6[02-5]|7[028])|9(?:0[1346-9]|1[02-9]|2[0589]|3[0146-8]|4[01357-9]|5[12469]|7[0-3589]|8[04-69]))[2-9]\d{6}||26848[01]\d{4}|26840[69]\d{4}|268(?:4(?:6[0-38]|84)|56[0-2])\d{4}|268(?:464|7(?:1[3-9]|[28]\d|3[0246]|64|7[0-689]))\d{4}|264724\d{4}|264(?:292|4(?:6[12]|9[78]))\d{4}|264(?:235|4(?:69|7[67])|5(?:3[6-9]|8[1-4])|7(?:29|72))\d{4}|684(?:274|6(?:22|33|44|55|77|88|9[19]))\d{4}|684(?:2(?:48|5[2468]|7[246])|7(?:3[13]|70|82))\d{4}|(?:246976|900[2-9]\d\d)\d{4}|24631\d{5}|246(?:292|367|4(?:1[7-9]|3[01]|4[47-9]|67)|7(?:1[2-9]|2\d|3[016]|53))\d{4}|246521[0369]\d{3}|246(?:2(?:2[78]|7[0-4])|4(?:1[024-6]|2\d|3[2-9])|5(?:20|[34]\d|54|7[1-3])|6(?:2\d|38)|7[35]7|9(?:1[89]|63))\d{4}|246(?:(?:2(?:[3568]\d|4[0-57-9])|3(?:5[2-9]|6[0-6])|4(?:46|5\d)|69[5-7]|8(?:[2-5]\d|83))\d|52(?:1[147]|20))\d{3}|441(?:[46]\d\d|5(?:4\d|60|89))\d{4}|441(?:[2378]\d|5[0-39]|9[02])\d{5}|242300\d{4}|8(?:00|33|44|55|66|77|88)[2-9]\d{6}|242225\d{4}|242(?:3(?:02|[236][1-9]|4[0-24-9]|5[0-68]|7[347]|8[0-4]|9[2-467])|461|502|6(?:0[1-5]|12|2[013]|[45]0|7[67]|8[78]|9[89])|7(?:02|88))\d{4}|242(?:3(?:5[79]|7[56]|95)|4(?:[23][1-9]|4[1-35-9]|5[1-8]|6[2-8]|7\d|81)|5(?:2[45]|3[35]|44|5[1-46-9]|65|77)|6[34]6|7(?:27|38)|8(?:0[1-9]|1[02-9]|2\d|3[0-4]|[89]9))\d{4}|600[2-9]\d{6}|52(?:3(?:[2-46-9][02-9]\d|5(?:[02-46-9]\d|5[0-46-9]))|4(?:[2-478][02-9]\d|5(?:[034]\d|2[024-9]|5[0-46-9])|6(?:0[1-9]|[2-9]\d)|9(?:[05-9]\d|2[0-5]|49)))\d{4}|52[34][2-9]1[02-9]\d{4}|(?:5(?:2[125-9]|3[23]|44|66|77|88)|6(?:22|33))[2-9]\d{6}|310\d{4}|(?:2(?:04|[23]6|[48]9|5[07]|[67]3)|3(?:06|43|54|6[578]|82)|4(?:03|1[68]|[26]8|3[178]|50|74)|5(?:06|1[49]|48|79|8[147])|6(?:04|[18]3|39|47|72)|7(?:0[59]|42|53|78|8[02])|8(?:[06]7|19|25|7[39])|9(?:0[25]|42))[2-9]\d{6}|767(?:2(?:55|66)|4(?:2[01]|4[0-25-9])|50[0-4])\d{4}|767(?:2(?:[2-4689]5|7[5-7])|31[5-7]|61[1-8]|70[1-6])\d{4}|800(?:14|[2-9]\d)\d{5}|8[024]9[01]\d{6}|8(?:33|44|55|66|77|88)[2-9]\d{6}|8(?:[04]9[2-9]\d\d|29(?:2(?:[0-59]\d|6[04-9]|7[0-27]|8[0237-9])|3(?:[0-35-9]\d|4[7-9])|[45]\d\d|6(?:[0-27-9]\d|[3-5][1-9]|6[0135-8])|7(?:0[013-9]|[1-37]\d|4[1-35689]|5[1-4689]|6[1-57-9]|8[1-79]|9[1-8])|8(?:0[146-9]|1[0-48]|[248]\d|3[1-79]|5[01589]|6[013-68]|7[124-8]|9[0-8])|9(?:[0-24]\d|3[02-46-9]|5[0-79]|60|7[0169]|8[57-9]|9[02-9])))\d{4}|8[024]9[2-9]\d{6}|473(?:2(?:3[0-2]|69)|3(?:2[89]|86)|4(?:[06]8|3[5-9]|4[0-4]|5[59]|73|90)|63[68]|7(?:58|84)|800|938)\d{4}|473(?:4(?:0[2-79]|1[04-9]|2[0-5]|49|5[6-8])|5(?:2[01]|3[3-8])|901)\d{4}|671(?:2\d\d|3(?:00|3[39]|4[349]|55|6[26])|4(?:00|56|7[1-9]|8[02-9])|5(?:55|6[2-5]|88)|6(?:3[2-578]|4[24-9]|5[34]|78|8[235-9])|7(?:[0479]7|2[0167]|3[45]|8[7-9])|8(?:[2-57-9]8|6[478])|9(?:2[29]|6[79]|7[1279]|8[7-9]|9[16-9]))\d{4}|8766060\d{3}|(?:658(?:2(?:[5-8]\d|9[0-46-9])|[3-9]\d\d)|876(?:52[35]|6(?:0[1-3579]|1[0235-9]|[23]\d|40|5[06]|6[2-589]|7[0-25-9]|8[04]|9[4-9])|7(?:0[2-689]|[1-6]\d|8[056]|9[45])|9(?:0[1-8]|1[02378]|[2-8]\d|9[2-468])))\d{4}|(?:6582(?:[0-4]\d|95)|876(?:2(?:0[1-9]|[13-9]\d|2[013-9])|[348]\d\d|5(?:0[1-9]|[1-9]\d)|6(?:4[89]|6[67])|7(?:0[07]|7\d|8[1-47-9]|9[0-36-9])|9(?:[01]9|9[0579])))\d{4}|869(?:2(?:29|36)|302|4(?:6[015-9]|70)|56[5-7])\d{4}|869(?:48[89]|55[6-8]|66\d|76[02-7])\d{4}|(?:345976|900[2-9]\d\d)\d{4}|345(?:2(?:22|3[23]|44|66)|333|444|6(?:23|38|40)|7(?:30|4[35-79]|6[6-9]|77)|8(?:00|1[45]|4[89]|88)|9(?:14|4[035-9]))\d{4}|345(?:32[1-9]|4(?:1[2-6]|2[0-4])|5(?:1[67]|2[5-79]|4[6-9]|50|76)|649|82[56]|9(?:1[679]|2[2-9]|3[06-9]|90))\d{4}|758(?:234|4(?:30|5\d|6[2-9]|8[0-2])|57[0-2]|(?:63|75)8)\d{4}|758(?:28[4-7]|384|4(?:6[01]|8[4-9])|5(?:1[89]|20|84)|7(?:1[2-9]|2\d|3[0-3])|812)\d{4}|670(?:2(?:3[3-7]|56|8[4-8])|32[1-38]|4(?:33|8[348])|5(?:32|55|88)|6(?:64|70|82)|78[3589]|8[3-9]8|989)\d{4}|6644(?:1[0-3]|91)\d{4}|664(?:3(?:49|9[1-6])|49[2-6])\d{4}|(?:787|939)[2-9]\d{6}|7215(?:4[2-8]|8[39]|9[056])\d{4}|7215(?:1[02]|2\d|5[034679]|8[0-24-8])\d{4}|649(?:71[01]|966)\d{4}|649(?:266|712|9(?:4\d|50))\d{4}|649(?:2(?:3[129]|4[1-79])|3\d\d|4[34][1-3])\d{4}|868800\d{4}|8(?:00|33|44|55|66|77|88)[2-9]\d{6}|868619\d{4}|868(?:2(?:01|1[5-9]|[23]\d|4[0-2])|6(?:0[7-9]|1[02-8]|2[1-9]|[3-69]\d|7[0-79])|82[124])\d{4}|868(?:(?:2[5-9]|3\d)\d|4(?:3[0-6]|[6-9]\d)|6(?:20|78|8\d)|7(?:0[1-9]|1[02-9]|[2-9]\d))\d{4}|78451[0-2]\d{4}|784(?:266|3(?:6[6-9]|7\d|8[0-6])|4(?:38|5[0-36-8]|8[0-8])|5(?:55|7[0-2]|93)|638|784)\d{4}|784(?:4(?:3[0-5]|5[45]|89|9[0-8])|5(?:2[6-9]|3[0-4])|720)\d{4}|284(?:229|4(?:22|9[45])|774|8(?:52|6[459]))\d{4}|284(?:245|3(?:0[0-3]|4[0-7]|68|9[34])|4(?:4[0-6]|68|9[69])|5(?:4[0-7]|68|9[69]))\d{4}|340(?:2(?:0\d|10|2[06-8]|4[49]|77)|3(?:32|44)|4(?:2[23]|44|7[34]|89)|5(?:1[34]|55)|6(?:2[56]|4[23]|77|9[023])|7(?:1[2-57-9]|2[57]|7\d)|884|998)\d{4})$'
$$;

create function has_invalid_number(p_organization uuid, p_voter integer, p_person uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from voter_phone f where f.voter_id = p_voter and not is_valid_number(f.phone))
    or p_person is not null and exists (select from person_phone f
      where f.organization_id = p_organization and f.person_id = p_person and not is_valid_number(f.phone));
end $$;

-- `why` is 'no_number': a number is known, but it is none.
alter table phone_bank_target add column is_number_invalid boolean not null default false;

create function number_may_be_invalid() returns trigger language plpgsql as $$
begin
  new.is_number_invalid := has_invalid_number(new.organization_id, new.voter_id, (select p.person_id from person p
    where p.organization_id = new.organization_id and p.voter_id = new.voter_id and p.merged_into is null));
  return new;
end $$;
create trigger number_looked_at before insert or update of why on phone_bank_target for each row
  when (new.state = 'finished' and new.why = 'no_number') execute function number_may_be_invalid();

-- As before, without numbers that are none.
create or replace function numbers_to_call(p_organization uuid, p_voter integer, p_person uuid) returns text[] language plpgsql stable as $$
begin
  return array(
    select n.phone from (
      select k.phone, max(k.rank) as rank from (
        select f.phone, f.quality::integer as rank from voter_phone f where f.voter_id = p_voter
        union all
        select f.phone, case when f.is_preferred then 300 when f.quality = 'good' then 200 when f.quality = 'unknown' then 101 else -1 end from person_phone f
          where f.organization_id = p_organization and f.person_id = p_person and p_person is not null) k
      group by k.phone
      having min(k.rank) >= 0) n
    where is_valid_number(n.phone) and (select s.suppression_id from suppression s where s.organization_id = p_organization and s.phone = n.phone
      and (s.voter_id is null or s.voter_id = p_voter) and s.taken_back_at is null limit 1) is null
    order by n.rank desc, n.phone);
end $$;

-- As before; also where only the reason for having no number is another.
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

create or replace function renew_targets(b phone_bank, p_voters integer[]) returns void language plpgsql as $$
begin
  perform stand_by_person(b.organization_id, array(
    select t.voter_id from phone_bank_target t
      left join lateral (select * from person o where o.organization_id = b.organization_id and o.voter_id = t.voter_id and o.merged_into is null offset 0) p on true
      where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(p_voters)
        and (t.phones <> numbers_to_call(b.organization_id, t.voter_id, p.person_id)
          or t.why = 'no_number' and t.is_number_invalid <> has_invalid_number(b.organization_id, t.voter_id, p.person_id)
          or p.language is not null and (t.language <> p.language or not t.is_language_known))
      order by t.voter_id), null);
end $$;

-- Lists there are.
select renew_targets(b, array(select t.voter_id from phone_bank_target t where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id
    and (t.why = 'no_number' or exists (select from unnest(t.phones) phone where not is_valid_number(phone)))))
  from phone_bank b where b.ended_at is null and b.prepared_at is not null;
