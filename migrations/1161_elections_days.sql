-- The days of an election that a steward enters, with the source and date of its row; those of our own calendar come with the program.
alter table scheduled_election
  add column change_party_by date,
  add column change_address_by date,
  add column register_by date,
  add column ask_for_mail_ballot_by date,
  add column early_voting_from date,
  add column early_voting_until date,
  add column ask_for_mail_ballot_in_person_by date,
  add column postmark_by date,
  add column mail_ballot_arrives_by date,
  add check ((early_voting_from is null) = (early_voting_until is null)),
  add check (early_voting_from <= early_voting_until and early_voting_until <= held_on),
  add check (greatest(change_party_by, change_address_by, register_by, ask_for_mail_ballot_by, ask_for_mail_ballot_in_person_by) <= held_on),
  add check (mail_ballot_arrives_by >= postmark_by);
