-- Whether the number a bank gives with a line can be nothing but that of a check. Of lines taken in before nobody knows the column; they
-- wait for a person where it contradicts, as until now.
alter table bank_line add column names_check boolean not null default true;
alter table bank_line alter column names_check drop default;
