import type { Translate } from '../../../../platform/i18n/messages.ts'
import { scriptText } from '../../../scripts/rules.ts'
import type { Step } from '../../../scripts/schema.ts'
import type { PhoneBank } from '../../dashboard.ts'
import { groupDistricts, type GroupsAsked } from '../groups.ts'
import '../../report/messages.ts'

interface Props {
  t: Translate
  bank: PhoneBank
  action: string
  asked: GroupsAsked
  questions: readonly Step[]
}

/** Which question groups are compared by, and in which districts. */
export function CompareBy({ t, bank, action, asked, questions }: Props) {
  return (
    <form method="get" action={action} className="mb-6 flex flex-wrap items-end gap-3" data-submit-on-change>
      {questions.length > 1 && (
        <label className="min-w-0 flex-1 basis-64">
          <span className="mb-1 block font-semibold">{t('report.question')}</span>
          <select name="question" defaultValue={asked.question ?? ''} className="select w-full text-base">
            {questions.map((step) => (
              <option key={step.key} value={step.key}>
                {scriptText(step.say, t.language, { candidate: bank.candidate }).text.slice(0, 120)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="basis-52">
        <span className="mb-1 block font-semibold">{t('report.district')}</span>
        <select name="district" defaultValue={asked.district} className="select w-full text-base">
          {groupDistricts.map((district) => (
            <option key={district} value={district}>
              {t(`report.by_district.${district}`)}
            </option>
          ))}
        </select>
      </label>
      <button className="btn">{t('report.compare')}</button>
    </form>
  )
}
