-- Who does a follow-up, and by when. A member who has left no longer counts as doing it.
alter table follow_up
  add column owner_id uuid,
  add column due_on date,
  add column assigned_by text,
  add column assigned_at timestamptz,
  add foreign key (organization_id, owner_id) references member (organization_id, user_id);
create index follow_up_by_owner on follow_up (organization_id, owner_id, due_on) where solved_at is null and owner_id is not null;

create function follow_up_tells_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  if tg_op = 'INSERT' then
    perform tell_webhooks(new.organization_id, 'follow_up.made', jsonb_build_object('follow_up_id', new.follow_up_id, 'kind', new.kind,
      'voter_id', new.voter_id, 'person_id', new.person_id, 'phone_bank_id', new.phone_bank_id, 'attempt_id', new.attempt_id));
  elsif new.solved_at is not null and old.solved_at is null then
    perform tell_webhooks(new.organization_id, 'follow_up.solved', jsonb_build_object('follow_up_id', new.follow_up_id, 'kind', new.kind,
      'voter_id', new.voter_id, 'person_id', new.person_id, 'phone_bank_id', new.phone_bank_id));
  elsif (new.owner_id, new.due_on) is distinct from (old.owner_id, old.due_on) then
    perform tell_webhooks(new.organization_id, 'follow_up.assigned', jsonb_build_object('follow_up_id', new.follow_up_id, 'kind', new.kind,
      'owner_id', new.owner_id, 'due_on', new.due_on));
  end if;
  return null;
end $$;
create trigger tells_webhooks after insert or update of solved_at, owner_id, due_on on follow_up
  for each row execute function follow_up_tells_webhooks();
