-- Exports of voters: who took which columns of whom, for what purpose, and who downloaded the file.
create table universe_export (
  organization_id uuid not null,
  export_id uuid not null default gen_random_uuid(),
  universe_id uuid not null,
  name text not null,                                    -- of the universe, as it was
  expression text not null,                              -- what it asked, as it was
  layout text not null,                                  -- export/layouts.ts
  columns text[] not null,
  channel text not null check (channel in ('none', 'phone', 'text', 'email', 'post')),
  purpose text not null,                                 -- in the words of who exports
  law_accepted_at timestamptz not null,                  -- New York Election Law 3-103(5)
  language text not null,                                -- of the column heads
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'expired')),
  requested_by text not null,
  requested_by_id text,
  requested_at timestamptz not null,
  finished_at timestamptz,
  expected integer not null default 0,                   -- rows, when it began
  written integer not null default 0,                    -- rows so far
  left_out jsonb not null default '{}',                  -- {"opted_out":12,…}
  file text,                                             -- name in the folder of exports; null once it is gone
  bytes bigint,
  sha256 text,
  expires_at timestamptz,
  problem text,
  primary key (organization_id, export_id),
  foreign key (organization_id, universe_id) references universe
);
select own_by_organization('universe_export');

create table universe_download (
  organization_id uuid not null,
  download_id uuid not null default gen_random_uuid(),
  export_id uuid not null,
  downloaded_by text not null,
  downloaded_by_id text,
  downloaded_at timestamptz not null,
  primary key (organization_id, download_id),
  foreign key (organization_id, export_id) references universe_export on delete cascade
);
select own_by_organization('universe_download');
