-- Whose work a mailing is under election law; of those made before it, what promises least.
alter table postal_drop add column lane text not null default 'non_partisan'
  check (lane in ('member_communication', 'coordinated', 'independent', 'non_partisan'));
