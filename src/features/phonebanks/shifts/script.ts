import { confirmingQuestion } from '../../events/calls/schema.ts'
import { ScriptContent } from '../../scripts/schema.ts'

interface Spoken {
  en: string
  ko: string
}

/** An event as one says it on the telephone. */
export interface EventInWords {
  title: Spoken
  when: Spoken
  /** '' where it is online alone, or each shift has its own. */
  place: Spoken
  /** Each has a time of their own, which is in their mail. */
  has_several: boolean
}

/** Asks whoever signed up whether they come. Our own writing; Korean as in the other scripts. */
export function confirmingScript(event: EventInWords): ScriptContent {
  const [title, when, place] = [event.title, event.when, event.place].map(withoutBraces) as [Spoken, Spoken, Spoken]
  return ScriptContent.parse({
    languages: ['en', 'ko'],
    greeting: {
      en: `Hello, is this {voter.name}? My name is {caller.name}, I’m a volunteer with {organization}. You signed up for “${title.en}”, ${when.en}, and I’m calling about that.`,
      ko: `안녕하세요. {voter.name} {voter.title}이신가요? 저는 {organization} 자원봉사자 {caller.name}입니다. ${when.ko} ‘${title.ko}’에 신청해 주셔서 전화드렸습니다.`,
    },
    steps: [
      {
        key: confirmingQuestion,
        kind: 'choice',
        is_quick: true,
        say: { en: 'Will you be there?', ko: '그날 오실 수 있으세요?' },
        note: {
          en: 'The answer counts at once: after a no the seat goes to whoever waits.',
          ko: '답은 바로 반영됩니다. 못 오신다고 하면 기다리는 분께 자리가 갑니다.',
        },
        choices: [
          { key: 'yes', label: { en: 'Yes', ko: '오심' } },
          { key: 'no', label: { en: 'No', ko: '못 오심' } },
          { key: 'maybe', label: { en: 'Not sure yet', ko: '아직 모르심' } },
          { key: 'message', label: { en: 'Left a message', ko: '메시지 남김' } },
        ],
        goes: { no: 'closing', message: 'closing' },
      },
      ...(place.en || place.ko || event.has_several ? [{ key: 'where', kind: 'say', say: whereTo(place, event) }] : []),
    ],
    closing: {
      en: 'Thank you for telling us. Have a good day.',
      ko: '말씀해 주셔서 감사합니다. 안녕히 계세요.',
    },
    voicemail: {
      en: `Hello, this is {caller.name}, a volunteer with {organization}. You signed up for “${title.en}”, ${when.en}. If you cannot come, please tell us: {phone}, again {phone}. Thank you.`,
      ko: `안녕하세요, {organization} 자원봉사자 {caller.name}입니다. ${when.ko} ‘${title.ko}’에 신청하셨습니다. 못 오시게 되면 {phone}, 다시 한번 {phone} 번으로 알려 주세요. 감사합니다.`,
    },
  })
}

function whereTo(place: Spoken, { has_several }: EventInWords): Spoken {
  const [en, ko] = [place.en || place.ko, place.ko || place.en]
  const [time, when] = has_several ? ['the time of your shift and ', '맡으신 시간과 '] : ['', '']
  return {
    en: `Wonderful. ${en && `It is at ${en}. `}The link in your mail has ${time}directions, and there you can cancel if something comes up.`,
    ko: `고맙습니다. ${ko && `장소는 ${ko}입니다. `}받으신 메일의 주소에 ${when}오시는 길이 있고, 사정이 생기면 거기서 취소하실 수 있습니다.`,
  }
}

/** What stands in braces would be a gap to fill in. */
const withoutBraces = ({ en, ko }: Spoken): Spoken => ({
  en: en.replaceAll(/[{}]/g, ''),
  ko: ko.replaceAll(/[{}]/g, ''),
})
