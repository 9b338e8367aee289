import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, type Ctx } from '../../../platform/http/room.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import '../messages.ts'
import { shownName } from '../rules.ts'
import './messages.ts'
import { SheetPage } from './pages.tsx'
import { linesOf, personLike, photosOf, sheetById, type Like, type Sheet } from './queries.ts'
import type { KnownPerson } from './schema.ts'

const LineNumber = z.coerce.number().int().min(1).max(100)
const After = z.coerce.number().int().min(0).max(1_000_000).catch(0)

interface Refused {
  typed: Record<string, string>
  ticked: readonly string[]
  errors: FieldErrors
}

/** The page of a sheet, with the line that was refused. */
export async function showSheet(c: Ctx, refused: Refused | null = null): Promise<Response> {
  const { t, db, request_id } = c.var
  const actor = actorOf(c)
  const sheet = await sheetOf(c)
  const [lines, photos, chosen] = await Promise.all([
    linesOf(db, actor.organization_id, sheet.sheet_id),
    photosOf(db, actor.organization_id, sheet.sheet_id),
    refused && chosenOf(c, refused.typed),
  ])
  await audit(db, actor, {
    action: 'sign_in.view',
    subject: 'sign_in_sheet',
    subject_id: sheet.sheet_id,
    after: { lines: lines.length, photos: photos.length },
    request_id,
  })
  const after = After.parse(c.req.query('after') ?? 0)
  return page(
    c,
    <SheetPage
      {...{ t, sheet, lines, photos, after, chosen }}
      {...(refused ?? { typed: {}, ticked: [], errors: {} })}
    />,
    {
      title: t('sheets.named', { number: sheet.number, title: sheet.title }),
      status: refused ? 422 : 200,
      islands: ['src/features/people/islands/sign-in.tsx'],
    },
  )
}

export function knownPerson(c: Ctx, { person_id, name_hangul, phone, email, city, ...name }: Like): KnownPerson {
  const { main, other } = shownName(name, name_hangul, c.var.language)
  return {
    person_id,
    name: [main, other].filter(Boolean).join(' '),
    hint: [phone && formatPhone(phone), email, city].filter(Boolean).join(' · '),
  }
}

/** Whom a refused line was said to be. */
async function chosenOf(c: Ctx, { person_id, phone = '', email = '' }: Record<string, string>) {
  const id = z.uuid().safeParse(person_id)
  if (!id.success) return null
  const person = await personLike(c.var.db, actorOf(c).organization_id, id.data, { phone, email })
  return person ? knownPerson(c, person) : null
}

export function idOf(c: Ctx, name: string): string {
  const id = z.uuid().safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

export const sheetOf = async (c: Ctx): Promise<Sheet> =>
  found(await sheetById(c.var.db, actorOf(c).organization_id, idOf(c, 'sheet')))

export function lineOf(c: Ctx): number {
  const line = LineNumber.safeParse(c.req.param('line'))
  if (!line.success) throw new NotFound()
  return line.data
}
