-- Somebody who picks up is a contact (is_reached); a conversation is one with the voter: who says that it is the wrong number, that the voter
-- moved or died, is somebody else. As `isConversation` of contacts/schema.ts, which a test compares.
create function is_conversation(disposition text, spoke_with text) returns boolean language sql immutable parallel safe as $$
  select disposition in ('canvassed', 'call_back', 'refused', 'language_barrier', 'do_not_call', 'not_available', 'hostile')
    and coalesce(spoke_with, 'voter') = 'voter'
$$;

-- As before; whether it was a conversation is told too.
create or replace function contact_tells_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  if tg_op = 'INSERT' then
    perform tell_webhooks(new.organization_id, 'contact.recorded', jsonb_build_object('attempt_id', new.attempt_id, 'voter_id', new.voter_id,
      'person_id', new.person_id, 'channel', new.channel, 'disposition', new.disposition, 'is_reached', new.is_reached,
      'is_conversation', is_conversation(new.disposition, new.spoke_with),
      'phone_bank_id', new.phone_bank_id, 'attempted_at', new.attempted_at));
  elsif new.undone_at is not null and old.undone_at is null then
    perform tell_webhooks(new.organization_id, 'contact.undone', jsonb_build_object('attempt_id', new.attempt_id, 'voter_id', new.voter_id,
      'person_id', new.person_id, 'undone_at', new.undone_at));
  end if;
  return null;
end $$;
