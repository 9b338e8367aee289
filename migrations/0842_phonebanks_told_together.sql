-- What follows a call is looked after once for all calls noted together, not once for each.

create or replace function call_number_acts_on_search() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from person_search where organization_id = old.organization_id and person_id = old.person_id
      and key = 'p:' || reverse(regexp_replace(old.phone, '\D', '', 'g'));
  else
    insert into person_search (organization_id, person_id, key)
      select n.organization_id, n.person_id, 'p:' || reverse(regexp_replace(n.phone, '\D', '', 'g')) from added n where n.source = 'call'
      on conflict do nothing;
  end if;
  return null;
end $$;
drop trigger acts_on_search_in on person_phone;
create trigger acts_on_search_in after insert on person_phone referencing new table as added for each statement execute function call_number_acts_on_search();

create or replace function line_stays_in_hand() returns trigger language plpgsql as $$
begin
  update call_lease l set line = w.line
    from (
      select distinct on (o.organization_id, o.line) o.organization_id, o.line, m.voter_id
        from gone o
        cross join lateral (
          select m.voter_id, m.phone_bank_id from call_lease m
            where m.caller_id = o.caller_id and m.organization_id = o.organization_id and coalesce(m.line, '') = '' offset 0) m
        cross join lateral (
          select t.phones[1] as line from phone_bank_target t
            where t.organization_id = o.organization_id and t.phone_bank_id = m.phone_bank_id and t.voter_id = m.voter_id offset 0) t
        where o.line is not null and t.line = o.line
        order by o.organization_id, o.line, m.voter_id) w
    where l.organization_id = w.organization_id and l.voter_id = w.voter_id
      and (select o.voter_id from call_lease o where o.organization_id = w.organization_id and o.line = w.line) is null;
  return null;
end $$;
drop trigger line_stays on call_lease;
create trigger line_stays after delete on call_lease referencing old table as gone for each statement execute function line_stays_in_hand();

create function contacts_tell_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook w where w.removed_at is null) then return null; end if;
  perform tell_webhooks(n.organization_id, 'contact.recorded', jsonb_build_object('attempt_id', n.attempt_id, 'voter_id', n.voter_id,
      'person_id', n.person_id, 'channel', n.channel, 'disposition', n.disposition, 'is_reached', n.is_reached,
      'is_conversation', is_conversation(n.disposition, n.spoke_with),
      'phone_bank_id', n.phone_bank_id, 'attempted_at', n.attempted_at))
    from added n where exists (select from webhook w where w.organization_id = n.organization_id and w.removed_at is null);
  return null;
end $$;
drop trigger tells_webhooks on contact_attempt;
create trigger tells_webhooks_added after insert on contact_attempt referencing new table as added for each statement execute function contacts_tell_webhooks();
create or replace function contact_tells_webhooks() returns trigger language plpgsql as $$
begin
  if new.undone_at is null or old.undone_at is not null
      or not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  perform tell_webhooks(new.organization_id, 'contact.undone', jsonb_build_object('attempt_id', new.attempt_id, 'voter_id', new.voter_id,
    'person_id', new.person_id, 'undone_at', new.undone_at));
  return null;
end $$;
create trigger tells_webhooks after update of undone_at on contact_attempt for each row execute function contact_tells_webhooks();

create function people_tell_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook w where w.removed_at is null) then return null; end if;
  perform tell_webhooks(n.organization_id, 'person.created', jsonb_build_object('person_id', n.person_id, 'voter_id', n.voter_id))
    from added n where exists (select from webhook w where w.organization_id = n.organization_id and w.removed_at is null);
  return null;
end $$;
drop trigger tells_webhooks on person;
create trigger tells_webhooks_added after insert on person referencing new table as added for each statement execute function people_tell_webhooks();
create or replace function person_tells_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  if new.merged_into is not null and old.merged_into is null then
    perform tell_webhooks(new.organization_id, 'person.merged', jsonb_build_object('person_id', new.person_id, 'merged_into', new.merged_into));
  elsif new.updated_at is distinct from old.updated_at then
    perform tell_webhooks(new.organization_id, 'person.changed', jsonb_build_object('person_id', new.person_id, 'voter_id', new.voter_id));
  end if;
  return null;
end $$;
create trigger tells_webhooks after update of updated_at, merged_into on person for each row execute function person_tells_webhooks();
