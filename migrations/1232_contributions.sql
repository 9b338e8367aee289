-- How much an organization may give a candidate's committee, as law and agencies say it: a row for each day it holds. The
-- commons; a missing row means that nobody knows, never that the one before still holds.
create table contribution_limit (
  limit_id integer generated always as identity primary key,
  level text not null check (level in ('federal', 'state', 'city')),
  payer_kind text not null check (payer_kind in ('charity', 'social_welfare', 'labor', 'federal_pac', 'federal_pac_multicandidate',
    'state_committee', 'city_committee', 'club')),
  office text not null check (office in ('any', 'statewide', 'state_senate', 'state_assembly', 'citywide', 'borough_president', 'city_council')),
  elections text[] not null default '{primary,general,special,runoff,presidential_primary}',
  participation text check (participation in ('participant', 'nonparticipant')),  -- in the city's matching funds; null: either
  basis text not null check (basis in ('prohibited', 'per_election', 'per_cycle', 'per_year_all')),
  amount_cents integer check (amount_cents > 0),
  effective_from date not null,
  effective_to date,                                     -- the last day
  source text not null,
  confidence text not null check (confidence in ('high', 'medium', 'low')),
  check ((basis = 'prohibited') = (amount_cents is null)),
  check (effective_to >= effective_from)
);
grant select on contribution_limit to hanpyo_app;

insert into contribution_limit (level, payer_kind, office, basis, amount_cents, effective_from, effective_to, source, confidence)
select level, payer_kind, 'any', 'prohibited', null, effective_from::date, null, source, confidence from (values
  ('federal', 'charity', '1954-08-16', 'Internal Revenue Code 501(c)(3): a charity takes no part in campaigns for or against candidates', 'high'),
  ('state', 'charity', '1954-08-16', 'Internal Revenue Code 501(c)(3): a charity takes no part in campaigns for or against candidates', 'high'),
  ('city', 'charity', '1954-08-16', 'Internal Revenue Code 501(c)(3): a charity takes no part in campaigns for or against candidates', 'high'),
  ('federal', 'social_welfare', '1976-05-11', '52 USC 30118: corporations, incorporated nonprofits among them, give no candidate anything', 'high'),
  ('city', 'social_welfare', '2013-01-01', 'NYC Administrative Code 3-703(1)(l): corporations give no candidate of the city anything', 'high'),
  ('federal', 'labor', '1976-05-11', '52 USC 30118: not from the treasury of a union; its own PAC may', 'high'),
  ('city', 'state_committee', '2013-01-01', 'NYC CFB: committees not registered with it for the cycle give no candidate of the city anything', 'high'),
  ('city', 'federal_pac', '2013-01-01', 'NYC CFB: committees not registered with it for the cycle give no candidate of the city anything', 'high'),
  ('city', 'federal_pac_multicandidate', '2013-01-01', 'NYC CFB: committees not registered with it for the cycle give no candidate of the city anything', 'high'),
  ('city', 'club', '2013-01-01', 'NYC CFB: committees not registered with it for the cycle give no candidate of the city anything', 'high')
) as rows (level, payer_kind, effective_from, source, confidence);

-- Federal: per election. What holds from 2026-11-04 on was not published when this was written.
insert into contribution_limit (level, payer_kind, office, basis, amount_cents, effective_from, effective_to, source, confidence) values
('federal', 'federal_pac', 'any', 'per_election', 330000, '2022-11-09', '2024-11-05', 'FEC press release of 2023-02-02: limits for 2023-2024', 'high'),
('federal', 'federal_pac', 'any', 'per_election', 350000, '2024-11-06', '2026-11-03', 'FEC, Federal Register of 2025-01-30: limits for 2025-2026', 'high'),
('federal', 'federal_pac_multicandidate', 'any', 'per_election', 500000, '1976-05-11', null, 'FEC contribution limits: a multicandidate PAC, not indexed', 'high');

-- State: half for the primary, half for the general election.
insert into contribution_limit (level, payer_kind, office, elections, basis, amount_cents, effective_from, effective_to, source, confidence)
select 'state', payer_kind, office, '{primary,general}', 'per_election', amount_cents, '2022-11-09', null,
  'New York Election Law 14-114(1), as amended by chapter 58 of 2020, part ZZZ', confidence
from unnest('{social_welfare,labor,state_committee,city_committee,federal_pac,federal_pac_multicandidate,club}'::text[]) as payer_kind,
  (values ('statewide', 900000, 'high'), ('state_senate', 500000, 'medium'), ('state_assembly', 300000, 'medium')) as each (office, amount_cents, confidence);
insert into contribution_limit (level, payer_kind, office, basis, amount_cents, effective_from, source, confidence) values
('state', 'social_welfare', 'any', 'per_year_all', 500000, '1974-01-01', 'New York Election Law 14-116: a corporation, to all candidates and committees together in a year', 'high');

-- City: one limit for primary and general election together. Those of the cycle that began on 2026-01-12 were not found.
insert into contribution_limit (level, payer_kind, office, elections, participation, basis, amount_cents, effective_from, effective_to, source, confidence)
select 'city', payer_kind, office, '{primary,general}', participation, 'per_cycle', amount_cents, '2022-01-12', '2026-01-11',
  'NYC CFB: limits of the 2025 city elections', 'medium'
from unnest('{city_committee,labor}'::text[]) as payer_kind,
  (values ('citywide', 'participant', 210000), ('citywide', 'nonparticipant', 370000), ('borough_president', 'participant', 160000),
    ('borough_president', 'nonparticipant', 265000), ('city_council', 'participant', 105000), ('city_council', 'nonparticipant', 160000))
    as each (office, participation, amount_cents);

-- What an organization decided to give a candidate, until it was given, and back. It moves no money.
create table contribution (
  organization_id uuid not null references organization,
  contribution_id uuid not null default gen_random_uuid(),
  candidate_id integer not null references candidate,
  recipient text not null,                               -- the committee that gets it
  cycle_id uuid,                                         -- the endorsement it follows
  campaign_id uuid,
  payer text not null,                                   -- the legal entity that pays
  payer_kind text not null,
  participation text check (participation in ('participant', 'nonparticipant')),
  amount_cents integer not null check (amount_cents > 0),
  reason text not null,
  state text not null default 'proposed' check (state in ('proposed', 'approved', 'given', 'refunded', 'dropped')),
  proposed_by text not null,
  proposed_by_id text not null,
  proposed_at timestamptz not null,
  decided_in text,                                       -- 'board meeting of …'
  decided_on date,
  approved_by text,
  approved_at timestamptz,
  checked_limit text,                                    -- where no limit is known: what somebody found
  task_id uuid,                                          -- the treasurer's
  given_on date,
  method text check (method in ('check', 'transfer', 'card', 'in_kind')),
  reference text,
  given_by text,
  given_at timestamptz,
  refunded_on date,
  refunded_cents integer check (refunded_cents > 0 and refunded_cents <= amount_cents),
  refund_reference text,
  refunded_by text,
  dropped_by text,
  dropped_at timestamptz,
  primary key (organization_id, contribution_id),
  foreign key (organization_id, cycle_id) references endorsement_cycle,
  foreign key (organization_id, campaign_id) references campaign,
  check (state not in ('approved', 'given', 'refunded') or (decided_on is not null and approved_by is not null)),
  check (state not in ('given', 'refunded') or (given_on is not null and method is not null)),
  check ((state = 'refunded') = (refunded_on is not null) and (refunded_on is null) = (refunded_cents is null))
);
create index contribution_candidate on contribution (candidate_id);
create index contribution_payer on contribution (organization_id, lower(payer));
select own_by_organization('contribution');
