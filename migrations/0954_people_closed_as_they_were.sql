-- A mailbox that a list closed is opened again as it was before, and a wrong number is wrong for whoever it was noted of alone.

-- Set while a list closes it: what it was before, bouncing for one.
alter table person_email add column quality_before text;

create or replace function mailbox_on_a_list() returns trigger language plpgsql as $$
begin
  if suppressed_by(new.organization_id, 'email', new.email) is not null then
    if new.quality <> 'suppressed' then new.quality_before := new.quality;
    elsif tg_op = 'UPDATE' and old.quality <> 'suppressed' then new.quality_before := old.quality;
    end if;
    new.quality := 'suppressed';
  elsif new.quality = 'suppressed' then
    new.quality := coalesce(new.quality_before, 'unknown');
    new.quality_before := null;
  else new.quality_before := null;
  end if;
  return new;
end $$;

do $$
declare
  v_old constant text := '(s.voter_id is null or s.voter_id = a.voter_id)';
  v_text text;
begin
  select pg_get_functiondef(oid) into strict v_text from pg_proc
    where proname = 'contact_answers' and pronamespace = current_schema()::text::regnamespace;
  if position(v_old in v_text) = 0 then raise exception 'contact_answers reads in another way'; end if;
  execute replace(v_text, v_old, v_old || '
          and not (s.voter_id is null and s.reason = ''wrong_number'' and s.person_id is distinct from a.person_id)');
end $$;
