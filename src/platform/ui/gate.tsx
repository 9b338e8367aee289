import type { ReactNode } from 'react'
import type { FieldErrors } from '../http/form.ts'
import type { Translate } from '../i18n/messages.ts'
import { Alert } from './components.tsx'

/** A narrow page with one thing to do: signing in, joining, setting up. */
export function Gate({
  title,
  lead,
  children,
  wide = false,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
  wide?: boolean
}) {
  return (
    <div className={`mx-auto py-4 sm:py-10 ${wide ? 'max-w-4xl' : 'max-w-md'}`}>
      <div className="mb-6 text-center">
        <img src="/icon.svg" alt="" width="64" height="64" className="mx-auto mb-4" />
        <h1 className="text-2xl font-bold text-balance sm:text-3xl">{title}</h1>
        {lead && <p className="mx-auto mt-2 max-w-prose text-balance">{lead}</p>}
      </div>
      {children}
    </div>
  )
}

/** White paper for the one form of a Gate. */
export const GateCard = ({ children }: { children: ReactNode }) => (
  <div className="bg-base-100 rounded-box border-base-300 border p-5 shadow-sm sm:p-7">{children}</div>
)

/** What went wrong with the form as a whole. */
export function FormAlert({ t, errors }: { t: Translate; errors: FieldErrors }) {
  const whole = errors['']
  return whole ? <Alert kind="error" title={t.dynamic(whole)} /> : null
}
