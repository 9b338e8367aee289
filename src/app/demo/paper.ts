import { countOpened, giveCodes } from '../../features/postal/answers/codes.ts'
import { saveAnswerPage } from '../../features/postal/answers/commands.ts'
import { pagesOffered } from '../../features/postal/answers/queries.ts'
import { saveDesign } from '../../features/postal/design/commands.ts'
import { Design } from '../../features/postal/design/schema.ts'
import { freezeDrop, makeDrop } from '../../features/postal/drops/commands.ts'
import { dropById, piecesFrom } from '../../features/postal/drops/queries.ts'
import { markMailed, noteReturn } from '../../features/postal/mailed/commands.ts'
import { closeAddress } from '../../features/postal/no-paper/commands.ts'
import { addDays } from '../../platform/clock.ts'
import { found } from '../../platform/errors.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'

const sender = {
  lane: 'non_partisan',
  level: null,
  languages: 'theirs',
  households: 'address',
  return_name: 'Hanmaeum Civic Action of Queens',
  return_address: 'PO Box 540128\nFlushing NY 11354',
  attribution: { en: 'Paid for by Hanmaeum Civic Action of Queens.', ko: '비용 부담: 퀸즈 한마음시민행동' },
} as const

/**
 * A postcard to older voters, its list made and ready for the printer, and a letter that was mailed, with who opened its page and
 * what came back. Answers how many pieces the first has.
 */
export async function makeDemoPaper(
  db: Db,
  organizer: Actor,
  universe_id: string,
  now: Date,
  today: string,
): Promise<number> {
  const [page] = await pagesOffered(db, organizer.organization_id, 'en', now)
  const answer_page = page?.path ?? 'https://example.org/'
  const drop_id = await makeDrop(db, organizer, { ...sender, name: '어르신 투표 안내 엽서 · Postcard to older voters', kind: 'postcard_6x9', universe_id }, now) // prettier-ignore
  const design = Design.parse({
    headline: { en: 'You may vote from home', ko: '집에서도 투표할 수 있습니다' },
    body: {
      en: 'Every voter of New York may ask for an early mail ballot. No reason is needed.\n\nWould you like help in Korean to ask for one? Call us and we fill it in together.',
      ko: '뉴욕의 유권자는 누구나 조기 우편투표용지를 신청할 수 있습니다. 이유를 적지 않아도 됩니다.\n\n한국어 도움이 필요하시면 전화 주세요. 함께 신청해 드립니다.',
    },
    contact: { en: '718-555-0100', ko: '한국어 문의: 718-555-0100' },
    note: { en: 'From your neighbors in Flushing.', ko: '플러싱 이웃들이 드립니다.' },
    colour: 'green',
  })
  await inTransaction(db, (tx) => saveDesign(tx, organizer, drop_id, design))
  await saveAnswerPage(db, organizer, drop_id, { answer_per: 'drop', answer_page })
  const done = await freezeDrop(db, organizer, drop_id, now, today)
  await mailLetter(db, organizer, universe_id, answer_page, now, today)
  return done.ok ? done.pieces : 0
}

async function mailLetter(
  db: Db,
  organizer: Actor,
  universe_id: string,
  answer_page: string,
  now: Date,
  today: string,
): Promise<void> {
  const { organization_id } = organizer
  const drop_id = await makeDrop(db, organizer, { ...sender, name: '임대료 안내 편지 · Letter on rent', kind: 'letter_10', universe_id }, now) // prettier-ignore
  const design = Design.parse({
    headline: { en: 'Your rent, and what the law says of it', ko: '임대료, 법은 이렇게 정합니다' },
    body: {
      en: 'In a rent-stabilized home the landlord may raise your rent only as much as the city allows each year, and must offer you a new lease.\n\nYou may ask the state for the history of your rent; it costs nothing and your landlord is not told.\n\nBring your lease to our office. We read it with you, in Korean or English.',
      ko: '임대료 안정화 대상 주택에서는 집주인이 시가 해마다 정하는 만큼만 임대료를 올릴 수 있고, 새 계약을 제안해야 합니다.\n\n주 정부에 임대료 내역을 신청할 수 있습니다. 돈이 들지 않고 집주인에게 알리지 않습니다.\n\n계약서를 사무실로 가져오세요. 한국어나 영어로 함께 읽어 드립니다.',
    },
    contact: { en: 'Call 718-555-0100', ko: '한국어 문의: 718-555-0100' },
    postage: 'first_class', permit_city: 'Flushing NY', permit_number: '128',
  }) // prettier-ignore
  await inTransaction(db, (tx) => saveDesign(tx, organizer, drop_id, design))
  await saveAnswerPage(db, organizer, drop_id, { answer_per: 'piece', answer_page })
  const done = await freezeDrop(db, organizer, drop_id, now, today)
  if (!done.ok || done.pieces === 0) return
  await inTransaction(db, async (tx) => giveCodes(tx, found(await dropById(tx, organization_id, drop_id))))
  await markMailed(db, organizer, drop_id, { mailed_on: addDays(today, -9), cost_cents: done.pieces * 89 })
  const pieces = await piecesFrom(db, { organization_id, drop_id }, 0, 40)
  const opened = { organization_id, drop_id, answer_page, time_zone: 'America/New_York' }
  for (const { number, language } of pieces.filter(({ number: nth }) => nth % 4 !== 0))
    for (let time = 0; time <= number % 3; time++)
      await countOpened(db, { ...opened, number, language }, addDays(today, -(number % 6)))
  const code = pieces.find(({ number }) => number % 4 === 0)?.code
  if (code) await noteReturn(db, organizer, { barcode: code, reason: 'refused' }, { now, today })
  await closeAddress(db, organizer, { address: '41-60 Main St Apt 9Z, Flushing NY 11355', evidence: 'Called the office' }, now) // prettier-ignore
}
