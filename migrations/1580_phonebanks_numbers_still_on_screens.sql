-- A voter who leaves a hand because of what somebody else said stays on that caller's screen until the next contact, with all numbers
-- shown there; so does a number that was found wrong of this voter alone. Until now only the first number of a voter who left was
-- nobody else's meanwhile; the others could come to another screen at once.
create table line_on_screen (
  organization_id uuid not null,
  line text not null,                                    -- the number, E.164
  caller_id uuid not null,                               -- on whose screen it may still be
  shown_until timestamptz not null,                      -- when the hand would have ended; the caller's next contact ends it before
  primary key (line, organization_id, caller_id)
);
create index line_on_screen_of_caller on line_on_screen (organization_id, caller_id);
select own_by_organization('line_on_screen');

-- These numbers may still be on the screen of whoever has this lease.
create function leave_on_screen(l call_lease, p_lines text[]) returns void language plpgsql as $$
begin
  if l.is_on_paper or p_lines is null or p_lines = '{}' then return; end if;
  insert into line_on_screen as s (organization_id, line, caller_id, shown_until)
    select distinct l.organization_id, n.line, l.caller_id, l.leased_until from unnest(p_lines) n (line) order by 2
    on conflict (line, organization_id, caller_id) do update set shown_until = greatest(s.shown_until, excluded.shown_until);
end $$;

do $$
declare
  c record;
  v_text text;
begin
  for c in select * from (values
    ('end_old_leases', 1, '
begin
', '
begin
  delete from line_on_screen where organization_id = p_organization and (line, caller_id) in (
    select s.line, s.caller_id from line_on_screen s
      where s.organization_id = p_organization and s.shown_until < p_now for update skip locked);
'),
    ('line_is_free', 1, 'n.line = new.line and n.organization_id = new.organization_id and n.leased_until > new.leased_at)',
      'n.line = new.line and n.organization_id = new.organization_id and n.leased_until > new.leased_at)
    or exists (select from line_on_screen s where s.line = new.line and s.organization_id = new.organization_id and s.caller_id <> new.caller_id
      and s.shown_until >= new.leased_at)'),
    ('line_is_taken', 1, 'n.line = p_line and n.organization_id = p_organization and n.leased_until > p_at)',
      'n.line = p_line and n.organization_id = p_organization and n.leased_until > p_at)
    or exists (select from line_on_screen s where s.line = p_line and s.organization_id = p_organization and s.caller_id <> p_caller and s.shown_until >= p_at)'),
    ('stand_by_marks', 1, '      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
', '      perform leave_on_screen(l, numbers_shown(p_organization, v_voter, t.phones)) from call_lease l
        join phone_bank_target t on t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id and t.voter_id = l.voter_id
        where l.organization_id = p_organization and l.voter_id = v_voter;
      delete from call_lease where organization_id = p_organization and voter_id = v_voter;
'),
    ('stand_by_person', 1, '  v_is_held boolean;
', '  v_is_held boolean;
  v_shown text[];
'),
    ('stand_by_person', 2, '      continue when not found;
      if v_phones = ''{}'' then
        delete from call_lease', '      continue when not found;
      v_shown := numbers_shown(p_organization, v_voter, t.phones);
      perform leave_on_screen(l, array(select n from unnest(v_shown) n where not n = any(v_phones)));
      if v_phones = ''{}'' then
        delete from call_lease'),
    ('stand_by_person', 3, '      if v_is_taken then
        update phone_bank_target', '      if v_is_taken then
        perform leave_on_screen(l, v_shown);
        update phone_bank_target'),
    -- After what these callers recorded, before anybody is handed out: they hear of it with the answer.
    ('phone_bank_turns', 1, '  if v_made <> ''{}'' then perform store_calls(b, v_made, p_now); end if;

', '  if v_made <> ''{}'' then perform store_calls(b, v_made, p_now); end if;
  if exists (select from line_on_screen where organization_id = p_organization) then
    delete from line_on_screen where organization_id = p_organization
      and caller_id = any(array(select (value->>''caller_id'')::uuid from jsonb_array_elements(p_turns)));
  end if;

'),
    -- Wrong of this voter alone: it may be right of others, who have it.
    ('suppression_acts_on_phone_banks', 1, '  elsif new.taken_back_at is null then
    with out as (', '  elsif new.taken_back_at is null then
    if new.voter_id is not null then
      perform leave_on_screen(l, array[new.phone]) from call_lease l
        where l.organization_id = new.organization_id and l.voter_id = new.voter_id
          and (l.line is not distinct from new.phone or exists (
            select from phone_bank_target t where t.organization_id = l.organization_id and t.phone_bank_id = l.phone_bank_id
              and t.voter_id = l.voter_id and new.phone = any(numbers_shown(t.organization_id, t.voter_id, t.phones))));
    end if;
    with out as ('),
    ('suppression_acts_on_phone_banks', 2, '        delete from call_lease where organization_id = h.organization_id and voter_id = h.voter_id;
      else', '        perform leave_on_screen(h, array(select f.line from further_line f where f.voter_id = h.voter_id and f.organization_id = h.organization_id));
        delete from call_lease where organization_id = h.organization_id and voter_id = h.voter_id;
      else')
  ) as change (of, nth, before, after) order by of, nth loop
    select pg_get_functiondef(p.oid) into strict v_text from pg_proc p where p.proname = c.of and p.pronamespace = current_schema()::text::regnamespace;
    if position(c.before in v_text) = 0 then raise exception '% reads in another way (%)', c.of, c.nth; end if;
    execute replace(v_text, c.before, c.after);
  end loop;
end $$;
