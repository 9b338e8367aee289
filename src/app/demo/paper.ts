import { saveDesign } from '../../features/postal/design/commands.ts'
import { Design } from '../../features/postal/design/schema.ts'
import { freezeDrop, makeDrop } from '../../features/postal/drops/commands.ts'
import type { Actor } from '../../platform/actor.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'

/** A postcard to older voters, its list made and ready for the printer. Answers how many pieces. */
export async function makeDemoPaper(
  db: Db,
  organizer: Actor,
  universe_id: string,
  now: Date,
  today: string,
): Promise<number> {
  const drop_id = await makeDrop(
    db,
    organizer,
    {
      name: '어르신 투표 안내 엽서 · Postcard to older voters',
      kind: 'postcard_6x9',
      lane: 'non_partisan',
      universe_id,
      languages: 'theirs',
      households: 'address',
      return_name: 'Flushing Neighbors',
      return_address: 'PO Box 540128\nFlushing NY 11354',
      attribution: { en: 'Paid for by Flushing Neighbors.', ko: '비용 부담: 플러싱 이웃들' },
    },
    now,
  )
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
  const done = await freezeDrop(db, organizer, drop_id, now, today)
  return done.ok ? done.pieces : 0
}
