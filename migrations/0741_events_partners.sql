-- Organizations that promote an event of ours, each by a link of its own.
create table event_partner (
  organization_id uuid not null,
  partner_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  name jsonb not null,                                   -- {"en": …, "ko": …}
  code text not null check (code ~ '^[a-z0-9]{6}$'),     -- of its link: ?from=…
  website text not null default '',
  contact text not null default '',                      -- whom we talk to there
  email text not null default '',
  is_co_host boolean not null,                           -- stands on the page
  made_at timestamptz not null,
  made_by text not null,
  removed_at timestamptz,                                -- its link counts no more; what came by it stays counted
  primary key (organization_id, partner_id),
  unique (organization_id, event_id, code),
  foreign key (organization_id, event_id) references event on delete cascade
);
select own_by_organization('event_partner');

-- By whose link somebody signed up, and whether that partner is told who they are.
create table event_signup_partner (
  organization_id uuid not null,
  signup_id uuid not null,
  partner_id uuid not null,
  wording text,                                          -- what they ticked; null: the partner is not told
  at timestamptz not null,
  primary key (organization_id, signup_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade,
  foreign key (organization_id, partner_id) references event_partner on delete cascade
);
create index event_signup_partner_by_partner on event_signup_partner (organization_id, partner_id);
select own_by_organization('event_signup_partner');
