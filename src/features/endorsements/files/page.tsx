import { Alert } from '../../../platform/ui/components.tsx'
import { acceptedTypes } from '../../forms/files.ts'
import { mostFileBytes } from '../../forms/schema.ts'
import { Head, type Around } from '../answers/public-pages.tsx'
import type { Question } from '../questions/queries.ts'
import { OwnWords } from '../own-words.tsx'
import { readsOf } from '../reading.ts'
import './messages.ts'
import type { HandedIn } from './queries.ts'

export type FileProblem = 'file_needed' | 'file_kind' | 'file_large' | 'too_often'
const most_megabytes = mostFileBytes / 1_000_000

interface FilePageProps extends Around {
  question: Question
  file: HandedIn | null
  problem: FileProblem | null
  back: string
}

/** Where the file of one question is chosen; beside the questionnaire, so that nothing typed there is lost with it. */
export function FilePage(props: FilePageProps) {
  const { t, path, question, file, problem, back } = props
  const { question_id, text } = question
  return (
    <>
      <Head {...props} />
      <form
        method="post"
        encType="multipart/form-data"
        action={`${path}/files/${question_id}?lang=${readsOf(t)}`}
        className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6"
      >
        <h2 className="mb-3 text-lg font-bold text-pretty">
          <OwnWords t={t} text={text} />
        </h2>
        {file && <p className="mb-3 wrap-anywhere">{t('endorsements.file_is', { name: file.name })}</p>}
        {problem && (
          <Alert kind="error">
            {problem === 'too_often'
              ? t('endorsements.notice.too_often')
              : t(`endorsements.${problem}`, { most: most_megabytes })}
          </Alert>
        )}
        <label htmlFor="file" className="mb-1 block font-semibold">
          {t(file ? 'endorsements.file_another' : 'endorsements.file_choose')}
        </label>
        <p id="file-hint" className="mb-2 text-sm">
          {t('endorsements.file_hint', { most: most_megabytes })}
        </p>
        <input
          id="file"
          name="file"
          type="file"
          accept={acceptedTypes}
          className="file-input mb-4 w-full text-base"
          aria-describedby="file-hint"
          aria-invalid={problem ? true : undefined}
        />
        <div className="flex flex-wrap gap-2">
          <button className="btn btn-primary" name="act" value="send">
            {t('endorsements.file_send')}
          </button>
          {file && (
            <button className="btn" name="act" value="remove">
              {t('endorsements.file_remove')}
            </button>
          )}
        </div>
      </form>
      <a className="link inline-flex min-h-11 items-center" href={back}>
        {t('endorsements.file_back')}
      </a>
    </>
  )
}
