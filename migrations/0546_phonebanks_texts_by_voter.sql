-- The profile tells of the texts a voter was sent.
create index if not exists phone_bank_text_by_voter on phone_bank_text (voter_id, organization_id);
