-- A number that costs whoever rings it is offered to no caller, wherever it came from: anybody can name one by signing up.

-- Abroad, or charging the caller; the codes of voterfile/rules/costly.ts, which a test compares.
create function is_costly(p_phone text) returns boolean language sql immutable parallel safe as $$
  select left(p_phone, 2) <> '+1' or substr(p_phone, 3, 3) in ('242', '246', '264', '268', '284', '345', '441', '473', '649', '658', '664',
    '721', '758', '767', '784', '809', '829', '849', '868', '869', '876', '900', '976')
$$;

-- The one rule for numbers shown to callers: one that can be, and costs nothing extra.
create function is_offered_to_callers(p_phone text) returns boolean language sql immutable parallel safe as $$
  select is_valid_number(p_phone) and not is_costly(p_phone)
$$;

-- As before but for that.
do $$
declare
  r record;
  v_text text;
begin
  for r in select * from (values
      ('numbers_to_call', 'is_valid_number(n.phone)', 'is_offered_to_callers(n.phone)'),
      ('has_invalid_number', 'is_valid_number(f.phone)', 'is_offered_to_callers(f.phone)')
    ) each (name, was, is_now) loop
    select pg_get_functiondef(oid) into strict v_text from pg_proc where proname = r.name and pronamespace = current_schema()::text::regnamespace;
    if position(r.was in v_text) = 0 then raise exception '% reads in another way', r.name; end if;
    execute replace(v_text, r.was, r.is_now);
  end loop;
end $$;

-- Lists there are.
select renew_targets(b, array(select t.voter_id from phone_bank_target t where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id
    and (exists (select from unnest(t.phones) phone where is_costly(phone))
      -- Without a number: it is said of whom one is known that is not rung.
      or t.why = 'no_number' and not t.is_number_invalid and (
        exists (select from voter_phone f where f.voter_id = t.voter_id and is_costly(f.phone))
        or exists (select from person p join person_phone f using (organization_id, person_id)
          where p.organization_id = t.organization_id and p.voter_id = t.voter_id and is_costly(f.phone))))))
  from phone_bank b where b.ended_at is null and b.prepared_at is not null;
