import type { Db } from '../../../platform/db/db.ts'
import type { PetitionShown } from '../pages/public.tsx'
import type { Petition } from '../schema.ts'
import { publicNames, signatureCounts } from './queries.ts'

/** Names shown under a petition. */
const names_shown = 30
/** From so many signatures on, everybody who opens the page within a minute reads one count. */
const many = 1000
const kept_ms = 60_000

const kept = new Map<string, { until: number; shown: Promise<PetitionShown> }>()

/** How many signed and who lets it be seen. A page that thousands open at once counts thousands of rows no more often than a cache would ask. */
export async function petitionShown(
  db: Db,
  { organization_id, form_id }: { organization_id: string; form_id: string },
  petition: Petition,
  now: Date,
): Promise<PetitionShown> {
  const before = kept.get(form_id)
  if (before && now.getTime() < before.until) return before.shown
  const counted = count(db, organization_id, form_id, petition)
  const shown = counted.then((each) => each.shown)
  const keep = () => kept.set(form_id, { until: now.getTime() + kept_ms, shown })
  // Of a large one, whoever asks meanwhile waits for the same count.
  if (before) keep()
  try {
    if ((await counted).rows < many) kept.delete(form_id)
    else keep()
    return await shown
  } catch (problem) {
    kept.delete(form_id)
    throw problem
  }
}

async function count(db: Db, organization_id: string, form_id: string, petition: Petition) {
  const [{ signatures, duplicates, withdrawn }, names] = await Promise.all([
    signatureCounts(db, organization_id, form_id, petition),
    publicNames(db, organization_id, form_id, petition, names_shown),
  ])
  return { shown: { signatures, names }, rows: signatures + duplicates + withdrawn }
}
