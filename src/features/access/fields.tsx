import type { FieldErrors } from '../../platform/http/form.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { Field } from '../../platform/ui/components.tsx'
import './messages.ts'
import { passwordMinimum } from './schema.ts'

/** A new password, with what is asked of it. */
export const NewPasswordField = ({ t, errors }: { t: Translate; errors: FieldErrors }) => (
  <Field
    t={t}
    label={t('access.new_password.label')}
    hint={t('access.new_password.hint', { minimum: passwordMinimum })}
    name="password"
    type="password"
    autoComplete="new-password"
    required
    errors={errors}
  />
)
