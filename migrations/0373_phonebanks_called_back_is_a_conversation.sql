-- Who called us back is done by a conversation (is_conversation), not by somebody else who says that it is the wrong number.
create or replace function talked_since(f follow_up) returns contact_attempt language sql stable as $$
  select a from contact_attempt a
    where a.organization_id = f.organization_id and a.voter_id = f.voter_id and is_conversation(a.disposition, a.spoke_with)
      and a.undone_at is null and a.channel in ('phone', 'inbound_phone', 'door') and a.attempted_at >= f.made_at
    order by a.attempted_at limit 1
$$;

drop trigger called_back_is_over on contact_attempt;
create trigger called_back_is_over after insert on contact_attempt for each row
  when (is_conversation(new.disposition, new.spoke_with) and new.voter_id is not null and new.undone_at is null
    and new.channel in ('phone', 'inbound_phone', 'door'))
  execute function called_back_is_over();
