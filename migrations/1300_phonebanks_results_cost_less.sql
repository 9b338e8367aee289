-- What results and hand-outs cost the database in words it need not say twice; what comes of them stays as it was.
-- · Of a batch, the rows to change are met with its results once (a hash), not each with each.
-- · A result is taken out of its JSON once, whether anybody knows homes is asked once for all cards, and a new lease asks once.
do $$
declare
  c record;
  v_text text;
begin
  for c in select * from (values
    -- Results: everybody at a number, without a function for each.
    ('note_calls', 1, 'case when c.phone is null then ''{}'' else voters_at_number(b.organization_id, c.phone) end,',
      'array(select f.voter_id from voter_phone f where f.phone = c.phone limit 50)
        || array_remove(array(select (select p.voter_id from person p
            where p.organization_id = b.organization_id and p.person_id = f.person_id and p.merged_into is null)
          from person_phone f where f.organization_id = b.organization_id and f.phone = c.phone limit 50), null),'),
    ('note_calls', 2, '  v_marks jsonb;
begin', '  v_marks jsonb;
  v_joins text := current_setting(''enable_nestloop'');
  v_hashes text := current_setting(''enable_hashjoin'');
begin'),
    -- Only at these: what deletes and marks set off is planned as everywhere else.
    ('note_calls', 3, '
  -- The phone rang: the voter,', '
  perform set_config(''enable_nestloop'', ''off'', true), set_config(''enable_hashjoin'', ''on'', true);
  -- The phone rang: the voter,'),
    ('note_calls', 4, '
  if v_marks is not null then
    update', '
  perform set_config(''enable_nestloop'', v_joins, true), set_config(''enable_hashjoin'', v_hashes, true);
  if v_marks is not null then
    update'),
    ('take_calls', 1, '  v_first record;
begin', '  v_first record;
  v_joins text := current_setting(''enable_nestloop'');
  v_hashes text := current_setting(''enable_hashjoin'');
begin'),
    ('take_calls', 2, '
  update phone_bank_target t set state = ''leased'', leased_to = h.caller_id
    from unnest(v_hand, v_hand_of) h (voter_id, caller_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_hand) and t.voter_id = h.voter_id;
', '
  perform set_config(''enable_nestloop'', ''off'', true), set_config(''enable_hashjoin'', ''on'', true);
  update phone_bank_target t set state = ''leased'', leased_to = h.caller_id
    from unnest(v_hand, v_hand_of) h (voter_id, caller_id)
    where t.organization_id = b.organization_id and t.phone_bank_id = b.phone_bank_id and t.voter_id = any(v_hand) and t.voter_id = h.voter_id;
  perform set_config(''enable_nestloop'', v_joins, true), set_config(''enable_hashjoin'', v_hashes, true);
'),
    -- offset 0: else it is taken out anew for each of its twenty columns.
    ('store_calls', 1, 'from unnest(p_made) m cross join lateral (select m->''a'' as a) named;', 'from unnest(p_made) m cross join lateral (select m->''a'' as a offset 0) named;'),
    ('call_cards', 1, 'home_as_known(p_organization, t.voter_id)', 'case when exists (select from household h where h.organization_id = p_organization) then home_as_known(p_organization, t.voter_id) end'),
    ('line_is_free', 1, '  perform pg_advisory_xact_lock_shared(hashtext(''newcomer_lease''), hashtext(new.organization_id::text));
  if exists (select from newcomer_lease n where n.voter_id = new.voter_id and n.organization_id = new.organization_id and n.leased_until > new.leased_at) then
    return null;
  end if;
  if new.line is null then return new; end if;
  if not pg_try_advisory_xact_lock(hashtext(new.organization_id || '' line''), hashtext(new.line)) then return null; end if;
  if exists (select from newcomer_lease n where n.line = new.line',
      '  perform pg_advisory_xact_lock_shared(hashtext(''newcomer_lease''), hashtext(new.organization_id::text));
  if new.line is not null and not pg_try_advisory_xact_lock(hashtext(new.organization_id || '' line''), hashtext(new.line)) then return null; end if;
  -- What was done before the locks were free shows only now.
  if exists (select from newcomer_lease n where n.voter_id = new.voter_id and n.organization_id = new.organization_id and n.leased_until > new.leased_at)
    or exists (select from newcomer_lease n where n.line = new.line')
  ) as change (of, nth, before, after) order by of, nth loop
    select pg_get_functiondef(p.oid) into strict v_text from pg_proc p where p.proname = c.of and p.pronamespace = current_schema()::text::regnamespace;
    if position(c.before in v_text) = 0 then raise exception '% reads in another way (%)', c.of, c.nth; end if;
    execute replace(v_text, c.before, c.after);
  end loop;
end $$;
