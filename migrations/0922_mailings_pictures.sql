-- Pictures of mailings, by what is in them: whoever has a mail may load its pictures.
create table mailing_picture (
  organization_id uuid not null references organization,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea not null,
  type text not null check (type in ('image/png', 'image/jpeg')),
  width integer not null,
  height integer not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (organization_id, sha256)
);
create index mailing_picture_sha256 on mailing_picture (sha256);
select own_by_organization('mailing_picture');
