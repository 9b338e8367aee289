import type { Run } from './run.ts'

/** Changes the voters that `news` (a FROM and WHERE around `v`) finds, or only counts them where nothing is written: the same ones. */
export async function changeOrCount(run: Run, table: string, set: string, news: string): Promise<number> {
  if (run.writes) return (await run.client.query(`update ${table} v set ${set} from ${news}`)).rowCount ?? 0
  const { rows } = await run.client.query<{ n: number }>(`select count(*)::integer as n from ${table} v, ${news}`)
  return rows[0]?.n ?? 0
}
