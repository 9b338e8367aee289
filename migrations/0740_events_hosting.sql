-- Events that people of the community propose to host: held until an organizer decides.
create table event_hosting (
  organization_id uuid primary key references organization,
  kinds text[] not null,                                 -- that may be proposed
  is_public boolean not null,                            -- by everybody, not by members with an account alone
  changed_at timestamptz not null,
  changed_by text not null
);
select own_by_organization('event_hosting');

create table event_proposal (
  organization_id uuid not null references organization,
  proposal_id uuid not null,
  kind text not null,
  sent jsonb not null,                                   -- events/hosting/schema.ts Sent: as it was proposed
  said jsonb not null,                                   -- who they said they are
  mail_to text not null,                                 -- where the answer goes
  language text not null,                                -- it was written in, and the answer is
  person_id uuid,                                        -- of ours, once it is approved
  user_id uuid,                                          -- the member's account that hosts
  invitation_id uuid,                                    -- of whoever had no account
  state text not null check (state in ('waiting', 'approved', 'declined', 'withdrawn')),
  reason text not null default '',                       -- what the organizer wrote to them
  event_id uuid,
  received_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  primary key (organization_id, proposal_id),
  foreign key (organization_id, person_id) references person,
  foreign key (organization_id, user_id) references member,
  foreign key (organization_id, invitation_id) references invitation,
  foreign key (organization_id, event_id) references event on delete cascade,
  check ((state = 'approved') = (event_id is not null))
);
create index event_proposal_by_state on event_proposal (organization_id, state, received_at);
create unique index event_proposal_of_event on event_proposal (organization_id, event_id) where event_id is not null;
create index event_proposal_by_person on event_proposal (organization_id, person_id) where person_id is not null;
create index event_proposal_by_user on event_proposal (organization_id, user_id) where user_id is not null;
create index event_proposal_by_invitation on event_proposal (organization_id, invitation_id) where invitation_id is not null;
select own_by_organization('event_proposal');

-- Street and way there are told to those with a seat alone.
alter table event add column hides_address boolean not null default false;
