import { expect, test } from 'vitest'
import { allMessages } from '../../platform/i18n/messages.ts'
import './answers/messages.ts'
import './ballots/messages.ts'
import './cycles/messages.ts'
import './files/messages.ts'
import './interviews/messages.ts'
import './messages.ts'
import { endorsementTexts } from './public-texts.ts'
import './questions/messages.ts'
import './recommendations/messages.ts'
import './results/messages.ts'
import '../elections/messages.ts'
import '../elections/contests/messages.ts'
import '../elections/officials/messages.ts'
import '../geography/messages.ts'
import '../../platform/ui/messages.ts'

const namesIn = (text: string): string[] => [...text.matchAll(/{{(\w+)/g)].map(([, name]) => name ?? '').toSorted()

test('every text is one we have, and keeps what is filled in', () => {
  for (const [key, { zh, es }] of Object.entries(endorsementTexts)) {
    const message = allMessages().get(key)
    expect(message, key).toBeDefined()
    const english = typeof message?.en === 'string' ? message.en : (message?.en.other ?? '')
    for (const text of [zh, typeof es === 'string' ? es : es.other])
      expect(namesIn(text), key).toEqual(namesIn(english))
  }
})

test.each(['endorsements.stage.', 'endorsements.line.', 'endorsements.method.', 'endorsements.say.', 'endorsements.tie.', 'endorsements.tie_rule.', 'endorsements.part.', 'endorsements.choice.', 'endorsements.problem.', 'endorsements.notice.', 'ballots.say.', 'ballots.how.', 'ballots.reason.', 'ballots.tie.', 'ballots.word.', 'tally.tie.', 'officials.office.', 'contests.party.', 'geography.district.'])(
  'all of %s… are there in Chinese and Spanish',
  (beginning) => {
    const keys = [...allMessages().keys()].filter((key) => key.startsWith(beginning))
    expect(keys.length).toBeGreaterThan(1)
    expect(keys.filter((key) => !(key in endorsementTexts))).toEqual([])
  },
) // prettier-ignore
