-- As whom an organization writes, and the key that shows it.
create table mail_identity (
  organization_id uuid primary key references organization,
  from_address text not null,
  reply_to text,
  selector text not null,                                -- RFC 6376: where the key is published
  public_key text not null,                              -- base64, as it stands in the record
  sealed_key text not null,                              -- the private one, sealed with the installation's secret
  is_signing boolean not null default false,             -- only once the record was seen
  made_at timestamptz not null
);
select own_by_organization('mail_identity');
