-- Rows apply in their state; a charity is kept from every office of every state; and the kinds of payer that were missing.
alter table contribution_limit add state char(2);        -- null: everywhere
update contribution_limit set state = 'NY' where level <> 'federal';
alter table contribution_limit drop constraint contribution_limit_level_check;
alter table contribution_limit drop constraint contribution_limit_payer_kind_check;
delete from contribution_limit where payer_kind = 'charity';
insert into contribution_limit (level, payer_kind, office, basis, effective_from, source, confidence) values
('any', 'charity', 'any', 'prohibited', '1954-08-16', 'Internal Revenue Code 501(c)(3): a charity takes no part in campaigns for or against candidates', 'high');
alter table contribution_limit add check (level in ('any', 'federal', 'state', 'city'));
alter table contribution_limit add check ((level in ('any', 'federal')) = (state is null));
alter table contribution_limit add check (payer_kind in ('charity', 'social_welfare', 'labor', 'corporation', 'llc', 'partnership',
  'federal_pac', 'federal_pac_multicandidate', 'state_committee', 'city_committee', 'ie_committee', 'club'));

insert into contribution_limit (level, state, payer_kind, office, basis, effective_from, source, confidence) values
('federal', null, 'corporation', 'any', 'prohibited', '1976-05-11', '52 USC 30118: corporations give no candidate anything', 'high'),
('city', 'NY', 'corporation', 'any', 'prohibited', '2013-01-01', 'NYC Administrative Code 3-703(1)(l): corporations give no candidate of the city anything', 'high'),
('city', 'NY', 'llc', 'any', 'prohibited', '2013-01-01', 'NYC Administrative Code 3-703(1)(l): limited liability companies give no candidate of the city anything', 'high'),
('city', 'NY', 'partnership', 'any', 'prohibited', '2013-01-01', 'NYC Administrative Code 3-703(1)(l): partnerships give no candidate of the city anything', 'high'),
('federal', null, 'ie_committee', 'any', 'prohibited', '2010-07-22', 'FEC AO 2010-11: a committee for independent expenditures alone gives no candidate anything', 'high'),
('state', 'NY', 'ie_committee', 'any', 'prohibited', '2014-04-24', 'New York Election Law 14-107-a(1): an independent expenditure committee gives no candidate or committee anything', 'high'),
('city', 'NY', 'ie_committee', 'any', 'prohibited', '2014-04-24', 'New York Election Law 14-107-a(1): an independent expenditure committee gives no candidate or committee anything', 'high');

insert into contribution_limit (level, payer_kind, office, basis, amount_cents, effective_from, effective_to, source, confidence)
select 'federal', payer_kind, 'any', 'per_election', amount_cents, effective_from::date, effective_to::date, source, 'medium'
from unnest('{llc,partnership}'::text[]) as payer_kind, (values
  (330000, '2022-11-09', '2024-11-05', 'FEC press release of 2023-02-02: limits for 2023-2024'),
  (350000, '2024-11-06', '2026-11-03', 'FEC, Federal Register of 2025-01-30: limits for 2025-2026'))
  as each (amount_cents, effective_from, effective_to, source);

insert into contribution_limit (level, state, payer_kind, office, elections, basis, amount_cents, effective_from, source, confidence)
select 'state', 'NY', payer_kind, office, '{primary,general}', 'per_election', amount_cents, '2022-11-09',
  'New York Election Law 14-114(1), as amended by chapter 58 of 2020, part ZZZ', confidence
from unnest('{corporation,llc,partnership}'::text[]) as payer_kind,
  (values ('statewide', 900000, 'high'), ('state_senate', 500000, 'medium'), ('state_assembly', 300000, 'medium')) as each (office, amount_cents, confidence);
insert into contribution_limit (level, state, payer_kind, office, basis, amount_cents, effective_from, source, confidence) values
('state', 'NY', 'corporation', 'any', 'per_year_all', 500000, '1974-01-01', 'New York Election Law 14-116: a corporation, to all candidates and committees together in a year', 'high'),
('state', 'NY', 'llc', 'any', 'per_year_all', 500000, '2019-01-31', 'New York Election Law 14-116(3): a limited liability company, to all candidates and committees together in a year', 'high');
