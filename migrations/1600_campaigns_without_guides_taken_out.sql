-- Voter guides that were taken out before they left their campaigns with it were still counted there.
delete from campaign_part p
where p.kind = 'voter_guide'
  and not exists (select from voter_guide g where g.organization_id = p.organization_id and g.guide_id = p.part_id);
