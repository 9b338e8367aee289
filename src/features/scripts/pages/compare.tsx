import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card, PageHead } from '../../../platform/ui/components.tsx'
import type { Difference } from '../comparison.ts'
import { Differences } from '../differences.tsx'
import type { ScriptVersion } from '../queries.ts'

interface ComparePageProps {
  t: Translate
  before: ScriptVersion
  after: ScriptVersion
  differences: Difference[]
}

export function ComparePage({ t, before, after, differences }: ComparePageProps) {
  return (
    <>
      <PageHead
        title={t('scripts.compare_title', { from: before.version, to: after.version })}
        back={{ href: `/scripts/${after.script_id}`, label: after.name }}
      />
      <Card>
        <Differences t={t} before={before.content} after={after.content} differences={differences} />
      </Card>
    </>
  )
}
