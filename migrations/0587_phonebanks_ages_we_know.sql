-- A year of birth we know is better than the state's day: the caller reads the age that the profile has.
create or replace function call_cards(p_organization uuid, p_phone_bank uuid, p_voters integer[])
returns table (voter_id integer, attempts smallint, phones text[], kinds text[], language text, is_language_known boolean, call_back_at timestamptz,
  is_next_number boolean, first_name text, middle_name text, last_name text, suffix text, birth_date date, birth_year smallint, p_korean smallint,
  city text, ccd smallint, ad smallint, sd smallint, cd smallint, name_hangul text, preferred_title text, members jsonb, past jsonb, time_zone text, home jsonb)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select t.voter_id, t.attempts, t.phones,
      array(select coalesce(nullif(pp.kind, 'unknown'), vp.kind, 'unknown') from unnest(t.phones) with ordinality n (phone, nth)
        left join voter_phone vp on vp.voter_id = t.voter_id and vp.phone = n.phone
        left join person_phone pp on pp.organization_id = p_organization and pp.person_id = p.person_id and pp.phone = n.phone order by nth),
      t.language, t.is_language_known, case when t.why = 'call_back' then t.next_at end, t.why = 'next_number',
      coalesce(p.first_name, r.first_name), coalesce(p.middle_name, r.middle_name), coalesce(p.last_name, r.last_name), r.suffix,
      case when p.birth_year is null then r.birth_date end, coalesce(p.birth_year, r.birth_year), r.p_korean, coalesce(p.city, r.city),
      -- As geography/crosswalk.ts: what the state does not say, by the election district, where that lies in one district whole.
      coalesce(r.ccd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'nyc-council' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)),
      r.ad,
      coalesce(r.sd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'senate' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)),
      coalesce(r.cd, (select w.district from crosswalk_part w where w.state = r.state and w.kind = 'congress' and w.ad = r.ad and w.ed = r.ed and w.share >= 0.99 limit 1)), p.name_hangul, p.preferred_title,
      case when t.together is null then null else (
        select jsonb_agg(jsonb_build_object('voter_id', m.voter_id, 'first_name', coalesce(mp.first_name, mr.first_name), 'middle_name', mr.middle_name,
            'last_name', coalesce(mp.last_name, mr.last_name), 'birth_date', case when mp.birth_year is null then mr.birth_date end, 'birth_year', coalesce(mp.birth_year, mr.birth_year), 'p_korean', mr.p_korean,
            'name_hangul', mp.name_hangul, 'has_same_number', m.phones[1] = t.phones[1], 'is_in_hand', m.state = 'leased' and m.leased_to = t.leased_to)
            order by m.position)
          from phone_bank_target m join voter_record mr on mr.voter_id = m.voter_id
          left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = m.voter_id and o.merged_into is null offset 0) mp on true
          where m.organization_id = p_organization and m.phone_bank_id = p_phone_bank and m.voter_id = any(t.together) and m.state <> 'suppressed') end,
      (select jsonb_agg(jsonb_build_object('at', c.attempted_at, 'disposition', c.disposition, 'is_inbound', c.channel = 'inbound_phone',
          'result_name', case when c.result_code is not null then (select n.name from result_code n where n.organization_id = p_organization and n.code = c.result_code) end, 'language', c.language, 'note', c.note,
          'script_id', c.script_id, 'script_version', c.script_version, 'answers', case when c.disposition = 'canvassed' then (
            select jsonb_object_agg(w.question, w.value) from contact_answer w where w.organization_id = p_organization and w.attempt_id = c.attempt_id) end))
        from (select attempt_id, attempted_at, disposition, channel, result_code, language, note, script_id, script_version from contact_attempt c
          where c.organization_id = p_organization and c.voter_id = t.voter_id and c.undone_at is null and c.channel in ('phone', 'inbound_phone')
          order by attempted_at desc limit 3) c),
      t.time_zone,
      home_as_known(p_organization, t.voter_id)
    from unnest(p_voters) v (voter_id)
    join phone_bank_target t on t.organization_id = p_organization and t.phone_bank_id = p_phone_bank and t.voter_id = v.voter_id
    join voter_record r on r.voter_id = t.voter_id
    -- offset 0: one probe per voter, also in a plan made while the organization knew nobody yet
    left join lateral (select * from person o where o.organization_id = p_organization and o.voter_id = t.voter_id and o.merged_into is null offset 0) p on true;
end $$;
