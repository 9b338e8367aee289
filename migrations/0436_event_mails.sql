-- Where mails of a sign-up go: the mailbox that was typed with it, of people we added one that is surely theirs. Null: none is
-- sent. `told_at`: since when they know of it; whoever is added to a draft hears of it when it is published.
alter table event_signup add column mail_to text, add column told_at timestamptz;
update event_signup set mail_to = said ->> 'email', told_at = received_at;

-- Mails that anybody can bring about, by mailbox: so many an hour.
create table event_mail_asked (
  organization_id uuid not null,
  mail_to text not null,
  at timestamptz not null
);
create index event_mail_asked_of_mailbox on event_mail_asked (mail_to, organization_id, at);
select own_by_organization('event_mail_asked');

create index event_by_end on event (organization_id, ends_at);

-- Typed on a page together with a name we know; nobody has looked at it since. Null: ours, or the person came with it.
alter table person_email add column claimed_at timestamptz;

-- Two sign-ups of one person, put together.
alter table event_response drop constraint event_response_why_check;
alter table event_response add constraint event_response_why_check
  check (why in ('moved_up', 'not_accepted', 'not_approved', 'event_canceled', 'merged'));
