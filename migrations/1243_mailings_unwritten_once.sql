-- Whoever it could not be put together for stops what goes out, until somebody lets it go on; then they are tried once more, and pass.
alter table mail_delivery add column was_unwritten boolean not null default false;
