-- Who lives on in somebody: asked with each timeline.
create index if not exists person_by_merged_into on person (organization_id, merged_into) where merged_into is not null;
