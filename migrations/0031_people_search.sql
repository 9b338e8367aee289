-- Keys by which the search box finds people of an organization: one row per spelling, number or address, with its kind before
-- it ('n:KIMYOUNGHEE', 'h:ㄱㅣㅁㅇㅕㅇㅎㅡㅣ', 'p:0010555817'). Compared by their beginning, with operators that row-level
-- security lets into the index; LIKE and trigrams it does not.
create table person_search (
  organization_id uuid not null,
  person_id uuid not null,
  key text not null,
  primary key (organization_id, person_id, key),
  foreign key (organization_id, person_id) references person on delete cascade
);
create index person_search_by_key on person_search (organization_id, key text_pattern_ops);
select own_by_organization('person_search');

alter table person drop column search_text;

-- A phone number by its last digits.
create index voter_phone_by_ending on voter_phone (reverse(phone) text_pattern_ops);
