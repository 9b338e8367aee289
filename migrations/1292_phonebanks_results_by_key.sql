-- The rows of a list that results and hand-outs change are found by their key. As joins, planned before PostgreSQL had counted
-- the list, they read all of it for each result: of a list made this evening, four fifths of what a result cost.
do $$
declare
  c record;
  v_text text;
begin
  for c in select * from (values
    ('note_calls', 1, 'where o.organization_id = b.organization_id and o.voter_id = other.voter_id
          and not (o.phone_bank_id', 'where o.organization_id = b.organization_id and o.voter_id = any(array(select k.voter_id from other k)) and o.voter_id = other.voter_id
          and not (o.phone_bank_id'),
    ('note_calls', 2, 'where o.organization_id = b.organization_id and o.voter_id = other.voter_id
            and (o.state', 'where o.organization_id = b.organization_id and o.voter_id = any(array(select k.voter_id from other k)) and o.voter_id = other.voter_id
            and (o.state'),
    ('note_calls', 3, 'where c.number in (''unchanged'', ''good'') and t.organization_id', 'where c.number in (''unchanged'', ''good'') and t.voter_id = any(v_voters) and t.organization_id'),
    ('note_calls', 4, 'where c.number in (''wrong'', ''disconnected'') and t.organization_id', 'where c.number in (''wrong'', ''disconnected'') and t.voter_id = any(v_voters) and t.organization_id'),
    ('take_calls', 5, 'and t.phone_bank_id = b.phone_bank_id and t.voter_id = h.voter_id;', 'and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_hand) and t.voter_id = h.voter_id;')
  ) as change (of, nth, before, after) order by nth loop
    select pg_get_functiondef(p.oid) into strict v_text from pg_proc p where p.proname = c.of and p.pronamespace = current_schema()::text::regnamespace;
    if position(c.before in v_text) = 0 then raise exception '% reads in another way (%)', c.of, c.nth; end if;
    execute replace(v_text, c.before, c.after);
  end loop;
end $$;
