import { dateIn } from '../../../platform/clock.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge } from '../../../platform/ui/components.tsx'
import { communities } from '../../voterfile/community/estimate.ts'
import { estimateSentences, explainCommunity } from '../../voterfile/community/explain.ts'
import type { VoterRecord } from '../../voterfile/queries.ts'
import type { Profile } from '../queries.ts'
import { whoName } from '../rules.ts'

interface EstimatePanelProps {
  t: Translate
  profile: Profile
  voter: VoterRecord
  may_edit: boolean
  time_zone: string
}

/** Likely community in a sentence, what we learned beside it, and the way to what the person says of themselves. */
export function EstimatePanel({ t, profile, voter, may_edit, time_zone }: EstimatePanelProps) {
  const explained = explainCommunity(voter.last_name, voter.first_name ?? '', voter.middle_name ?? '', profile.living)
  const [sentence, ...doubts] = estimateSentences(t, explained)
  const stored = { korean: voter.p_korean, chinese: voter.p_chinese, south_asian: voter.p_south_asian, vietnamese: voter.p_vietnamese, filipino: voter.p_filipino, japanese: voter.p_japanese } // prettier-ignore
  const most =
    explained.likeliest ?? communities.reduce((a, b) => (explained.percents[a] >= explained.percents[b] ? a : b))
  const language = profile.person?.language
  const learned = [
    ...(language ? [t('people.estimate.prefers', { language: languageNames[language] ?? language })] : []),
    ...profile.spoken_in.map(({ language: spoken, at }) =>
      t('people.estimate.spoken', {
        language: languageNames[spoken] ?? spoken,
        date: formatDate(t.language, dateIn(time_zone, at)),
      }),
    ),
  ]
  return (
    <section className="border-base-300 mt-4 rounded-lg border p-3" aria-labelledby="estimate">
      <p id="estimate">
        {sentence} <Badge>{t('people.estimate.badge')}</Badge>
      </p>
      {doubts.map((doubt) => (
        <p key={doubt} className="mt-1">
          {doubt}
        </p>
      ))}
      {learned.length > 0 && (
        <>
          <p className="mt-2 text-sm">{t('people.estimate.learned')}:</p>
          <ul className="list-disc pl-5">
            {learned.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
      {explained.hangul.length > 0 && (
        <p className="mt-2">
          {t('people.estimate.hangul')}:{' '}
          {t('people.guess', { hangul: explained.hangul.map((guess) => guess.hangul).join(', ') })}
          <span className="block text-sm">{t('people.guess_note')}</span>
        </p>
      )}
      {Math.abs(stored[most] - explained.percents[most]) > 1 && (
        <p className="mt-2 text-sm">{t('community.old_number', { percent: stored[most] })}</p>
      )}
      <p className="mt-2 text-sm">{t('community.estimate_note')}</p>
      {may_edit && (
        <a
          href={`/people/${whoName(profile.who)}/edit#community`}
          className="inline-flex min-h-11 items-center print:hidden"
        >
          {t('people.estimate.correct')}
        </a>
      )}
    </section>
  )
}
