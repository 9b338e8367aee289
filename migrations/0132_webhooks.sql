-- Messages to other programs when something happens: where to, about what, and one durable row for each message.
create table webhook (
  organization_id uuid not null references organization,
  webhook_id uuid not null default gen_random_uuid(),
  url text not null,
  events text[] not null check (cardinality(events) > 0),
  secret text not null,                                  -- signs each message; shown to organizers
  created_by text not null,
  created_at timestamptz not null default now(),
  paused_at timestamptz,                                 -- by hand, or because the receiver said it is gone
  removed_at timestamptz,
  primary key (organization_id, webhook_id)
);
select own_by_organization('webhook');

create table webhook_delivery (
  organization_id uuid not null,
  delivery_id uuid not null default gen_random_uuid(),
  webhook_id uuid not null,
  event text not null,
  payload jsonb not null,
  happened_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts smallint not null default 0,
  next_at timestamptz not null default now(),
  last_status smallint,                                  -- HTTP; null: not reached
  last_problem text,
  delivered_at timestamptz,
  primary key (organization_id, delivery_id),
  foreign key (organization_id, webhook_id) references webhook on delete cascade
);
create index webhook_delivery_due on webhook_delivery (next_at) where state = 'waiting';
create index webhook_delivery_by_webhook on webhook_delivery (webhook_id, organization_id, happened_at desc);
select own_by_organization('webhook_delivery');

-- Written by triggers, in the transaction of the event itself: whatever records it, the message cannot be forgotten. Where no
-- webhook asks for the event nothing is written.
create function tell_webhooks(p_organization uuid, p_event text, p_payload jsonb) returns void language sql as $$
  insert into webhook_delivery (organization_id, webhook_id, event, payload, happened_at, next_at)
    select organization_id, webhook_id, p_event, p_payload, now(), now() from webhook
    where organization_id = p_organization and p_event = any(events) and removed_at is null
$$;

create function contact_tells_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  if tg_op = 'INSERT' then
    perform tell_webhooks(new.organization_id, 'contact.recorded', jsonb_build_object('attempt_id', new.attempt_id, 'voter_id', new.voter_id,
      'person_id', new.person_id, 'channel', new.channel, 'disposition', new.disposition, 'is_reached', new.is_reached,
      'phone_bank_id', new.phone_bank_id, 'attempted_at', new.attempted_at));
  elsif new.undone_at is not null and old.undone_at is null then
    perform tell_webhooks(new.organization_id, 'contact.undone', jsonb_build_object('attempt_id', new.attempt_id, 'voter_id', new.voter_id,
      'person_id', new.person_id, 'undone_at', new.undone_at));
  end if;
  return null;
end $$;
create trigger tells_webhooks after insert or update of undone_at on contact_attempt for each row execute function contact_tells_webhooks();

create function person_tells_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  if tg_op = 'INSERT' then
    perform tell_webhooks(new.organization_id, 'person.created', jsonb_build_object('person_id', new.person_id, 'voter_id', new.voter_id));
  elsif new.merged_into is not null and old.merged_into is null then
    perform tell_webhooks(new.organization_id, 'person.merged', jsonb_build_object('person_id', new.person_id, 'merged_into', new.merged_into));
  elsif new.updated_at is distinct from old.updated_at then
    perform tell_webhooks(new.organization_id, 'person.changed', jsonb_build_object('person_id', new.person_id, 'voter_id', new.voter_id));
  end if;
  return null;
end $$;
create trigger tells_webhooks after insert or update of updated_at, merged_into on person for each row execute function person_tells_webhooks();

create function suppression_tells_webhooks() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where organization_id = new.organization_id and removed_at is null) then return null; end if;
  if tg_op = 'INSERT' or new.taken_back_at is distinct from old.taken_back_at then
    perform tell_webhooks(new.organization_id, case when new.taken_back_at is null then 'suppression.marked' else 'suppression.taken_back' end,
      jsonb_build_object('suppression_id', new.suppression_id, 'voter_id', new.voter_id, 'person_id', new.person_id, 'phone', new.phone,
        'reason', new.reason));
  end if;
  return null;
end $$;
create trigger tells_webhooks after insert or update of taken_back_at on suppression for each row execute function suppression_tells_webhooks();

create function phone_bank_tells_webhooks() returns trigger language plpgsql as $$
begin
  if new.ended_at is not null and old.ended_at is null then
    perform tell_webhooks(new.organization_id, 'phone_bank.ended', jsonb_build_object('phone_bank_id', new.phone_bank_id, 'ended_at', new.ended_at));
  end if;
  return null;
end $$;
create trigger tells_webhooks after update of ended_at on phone_bank for each row execute function phone_bank_tells_webhooks();
