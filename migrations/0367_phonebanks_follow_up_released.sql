-- What became of the voter who waited for the organizer: whoever decides otherwise a moment later is told. Null: nobody waited, or it
-- was done before this was kept.
alter table follow_up add column release text check (release in ('call', 'finish'));
