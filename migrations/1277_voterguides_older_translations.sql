-- Languages whose words were not looked at since those they say the same as were changed, by field: {"title": ["ko"]}.
alter table agenda_issue add column older jsonb not null default '{}' check (jsonb_typeof(older) = 'object');
alter table voter_guide add column older jsonb not null default '{}' check (jsonb_typeof(older) = 'object');
alter table voter_guide_claim add column older jsonb not null default '{}' check (jsonb_typeof(older) = 'object');
