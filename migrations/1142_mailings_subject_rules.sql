-- Where the organization counts them, clicks and opens may tell the better subject too.
alter table mailing_subject_test
  drop constraint mailing_subject_test_rule_check,
  add constraint mailing_subject_test_rule_check check (rule in ('replies', 'clicks', 'opens', 'person'));
