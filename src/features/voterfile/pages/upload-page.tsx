import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, PageHead } from '../../../platform/ui/components.tsx'
import { Island } from '../../../platform/ui/island.tsx'
import { endings, uploadProblems, type UploadKind, type UploadProblem } from '../uploads/schema.ts'

interface UploadPageProps {
  t: Translate
  kind: UploadKind
  refused: { problem: UploadProblem; name: string } | null
}

export function UploadPage({ t, kind, refused }: UploadPageProps) {
  return (
    <>
      <PageHead
        title={t(kind === 'phones' ? 'voterfiles.upload_phones' : 'voterfiles.upload')}
        lead={t(kind === 'phones' ? 'voterfiles.upload_phones_lead' : 'voterfiles.upload_lead')}
        back={{ href: '/voterfiles', label: t('voterfiles.title') }}
      />
      {refused && (
        <Alert
          kind="error"
          title={refused.name ? t('voterfiles.refused_file', { name: refused.name }) : t('voterfiles.refused_files')}
        >
          {t.dynamic(`voterfiles.upload_problem.${refused.problem}`)}
        </Alert>
      )}
      <Card>
        <Island name="voterfile-upload" data={{ kind, language: t.language, texts: islandTexts(t, kind) }}>
          <form method="post" action="/voterfiles/uploads/form" encType="multipart/form-data">
            <input type="hidden" name="kind" value={kind} />
            <label htmlFor="files" className="mb-1 block font-semibold">
              {t('voterfiles.choose_files')}
            </label>
            <p className="mb-2 text-sm">{chooseHint(t, kind)}</p>
            <input
              id="files"
              type="file"
              name="file"
              multiple
              required
              accept={endings.map((each) => `.${each}`).join(',')}
              className="file-input w-full"
            />
            <p className="mt-3 text-sm">{t('voterfiles.upload_plain')}</p>
            <button className="btn btn-primary mt-4">{t('voterfiles.start_upload')}</button>
          </form>
        </Island>
      </Card>
      <Card title={t('voterfiles.law_title')}>
        <p className="max-w-prose">{t('voterfiles.law')}</p>
      </Card>
    </>
  )
}

const chooseHint = (t: Translate, kind: UploadKind): string =>
  t(kind === 'phones' ? 'voterfiles.choose_phones_hint' : 'voterfiles.choose_hint')

/** The few texts the island says, so that it need not bring every room's. */
function islandTexts(t: Translate, kind: UploadKind): Record<string, string> {
  const keep = { done: '{{done}}', total: '{{total}}', time: '{{time}}', status: '{{status}}', name: '{{name}}' }
  return Object.fromEntries([
    ['choose', t('voterfiles.choose_files')],
    ['hint', chooseHint(t, kind)],
    ['start', t('voterfiles.start_upload')],
    ['pause', t('voterfiles.stop_upload')],
    ['resume', t('voterfiles.go_on')],
    ['sent', t.dynamic('voterfiles.uploading', keep)],
    ['left', t.dynamic('voterfiles.upload_left', keep)],
    ['lost', t('voterfiles.upload_lost')],
    ['paused', t('voterfiles.upload_paused')],
    ['stay', t('voterfiles.upload_stay')],
    ['all_sent', t('voterfiles.upload_all_sent')],
    ['failed', t.dynamic('voterfiles.upload_failed', keep)],
    ['refused', t.dynamic('voterfiles.refused_file', keep)],
    ...uploadProblems.map((problem) => [`problem.${problem}`, t.dynamic(`voterfiles.upload_problem.${problem}`)]),
  ]) as Record<string, string>
}
