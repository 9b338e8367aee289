-- When it was found that the server had ended in the middle of an import, so that its page can say why it began anew.
alter table voter_import add column interrupted_at timestamptz;
