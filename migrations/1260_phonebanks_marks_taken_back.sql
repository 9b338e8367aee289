-- Who rested because of a newcomer's call goes on once it is taken back, also where its mark had closed their number meanwhile: the
-- hour says whose rest it is (stand_by_person gives them back as 'elsewhere', or 'resting').
-- And whoever is promised a call, or is looked at by an organizer first, is so again when a mark that took their last number goes.
do $$
declare
  r record;
  v_text text;
begin
  for r in select * from (values
      ('newcomer_call_undone', 't.why = r.why and t.next_at = r.until', 't.why in (r.why, ''elsewhere'', ''resting'') and t.next_at = r.until'),
      ('suppression_acts_on_phone_banks', 'why = case when n.is_out then ''no_number'' else t.why end,',
        'why = case when n.is_out then ''no_number'' else t.why end,
          closed_as = case when n.is_out and t.why in (''call_back'', ''organizer'', ''handed_on'', ''next_number'') then t.why else t.closed_as end,')
    ) each (name, was, is_now) loop
    select pg_get_functiondef(oid) into strict v_text from pg_proc where proname = r.name and pronamespace = current_schema()::text::regnamespace;
    if position(r.was in v_text) = 0 then raise exception '% reads in another way', r.name; end if;
    execute replace(v_text, r.was, r.is_now);
  end loop;
end $$;
