-- Keys by which other programs read and write an organization's rows over /api/v1, each with what it may do.
create table api_token (
  organization_id uuid not null references organization,
  token_id uuid not null default gen_random_uuid(),
  name text not null,                                    -- what it is for, as the organizer calls it
  token_hash text not null unique,                       -- sha256, hex; the token itself is shown once and kept nowhere
  ending text not null,                                  -- its last four characters, to tell one from another
  scopes text[] not null check (cardinality(scopes) > 0),
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  primary key (organization_id, token_id)
);
select own_by_organization('api_token');

-- Answers to requests that came with an Idempotency-Key, for a day: the same request sent again gets the same answer.
create table api_answer (
  organization_id uuid not null,
  token_id uuid not null,
  key text not null,
  request_hash text not null,                            -- of method, path and body
  status smallint not null,
  body jsonb not null,
  answered_at timestamptz not null,
  primary key (organization_id, token_id, key),
  foreign key (organization_id, token_id) references api_token on delete cascade
);
create index api_answer_by_age on api_answer (organization_id, answered_at);
select own_by_organization('api_answer');

-- Requests of a token in the running minute. Unlogged: after a crash everybody starts anew, and nothing else is lost.
create unlogged table api_use (
  organization_id uuid not null,
  token_id uuid not null,
  minute timestamptz not null,
  requests integer not null,
  primary key (organization_id, token_id)
);
select own_by_organization('api_use');

-- Programs act too.
alter table audit_entry drop constraint audit_entry_actor_kind_check;
alter table audit_entry add constraint audit_entry_actor_kind_check check (actor_kind in ('user', 'caller', 'cli', 'system', 'api'));
