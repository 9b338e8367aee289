-- What was noted of one voter later is looked for whenever a note is taken back.
create index phone_bank_told_by_voter on phone_bank_told (voter_id, organization_id);
