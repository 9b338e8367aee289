-- Every key under which the home of a recipient may be closed to paper, beside that of the address printed on the piece: the
-- address as it is known where certified software changed it, and shorter spellings of both (closedKeys of no-paper/rules.ts).
alter table postal_recipient add column home_keys text[];  -- null: nothing beside the piece is known
update postal_recipient r set home_keys = array[a.address_key]
  from postal_piece p, (
    select organization_id, min(address_key) as address_key,
      (found ->> 'delivery') || '|' || regexp_replace(coalesce(found ->> 'unit', ''), '^(APT|#) ', '') || '|' || (found ->> 'zip5') as found_key
    from postal_address where found is not null group by 1, 3 having count(*) = 1) a
  where p.organization_id = r.organization_id and p.drop_id = r.drop_id and p.number = r.number and a.organization_id = p.organization_id
    and a.found_key = p.delivery || '|' || regexp_replace(coalesce(p.unit, ''), '^(APT|#) ', '') || '|' || p.zip5
    and a.address_key <> a.found_key;
-- Of lists not mailed yet also the shorter spelling, as far as no number is written as a word.
update postal_recipient r set home_keys = coalesce(r.home_keys, '{}') || array[
    regexp_replace(regexp_replace(p.delivery, '\m(\d+)(ST|ND|RD|TH)\M', '\1', 'g'), '(?<=\d)-(?=\d)', '', 'g')
    || '|' || regexp_replace(coalesce(p.unit, ''), '^(APT|#|UNIT|STE) ', '') || '|' || p.zip5]
  from postal_piece p join postal_drop d on d.organization_id = p.organization_id and d.drop_id = p.drop_id
  where d.state in ('frozen', 'made') and p.organization_id = r.organization_id and p.drop_id = r.drop_id and p.number = r.number;
