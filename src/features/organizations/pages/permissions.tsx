import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Card, PageHead } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import '../../access/messages.ts'
import { permissions, roles, type Permission } from '../../access/permissions.ts'
import '../messages.ts'

const noMatterOfRoles = ['public', 'caller-link', 'api-token', 'signed-in', 'installation.steward'] as const
type Listed = Exclude<Permission, (typeof noMatterOfRoles)[number]>

const isListed = (permission: Permission): permission is Listed => !noMatterOfRoles.some((each) => each === permission)

const listed = (Object.keys(permissions) as Permission[]).filter(isListed)

/** The table of permissions, as the program itself uses it. */
export function PermissionsPage({ t, own }: { t: Translate; own: readonly string[] }) {
  return (
    <>
      <PageHead title={t('permission.title')} lead={t('permission.lead')} />
      <Card title={t('permission.roles')} id="roles">
        <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          {roles.map((role) => (
            <div key={role}>
              <dt className="flex flex-wrap items-center gap-2 font-semibold">
                {t(`access.role.${role}`)}
                {own.includes(role) && <Badge kind="success">{t('permission.yours')}</Badge>}
              </dt>
              <dd className="text-sm">{t(`access.role.${role}.hint`)}</dd>
            </div>
          ))}
          <div>
            <dt className="font-semibold">{t('access.role.steward')}</dt>
            <dd className="text-sm">{t('permission.steward')}</dd>
          </div>
        </dl>
      </Card>

      <div
        className="bg-base-100 rounded-box border-base-300 mb-6 hidden overflow-x-auto border md:block"
        tabIndex={0}
        role="region"
        aria-label={t('permission.title')}
      >
        <table className="table">
          <caption className="sr-only">{t('permission.title')}</caption>
          <thead>
            <tr>
              <th scope="col" className="text-base-content">
                {t('permission.what')}
              </th>
              {roles.map((role) => (
                <th key={role} scope="col" className="text-base-content text-center">
                  {t(`access.role.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map((permission) => (
              <tr key={permission}>
                <th scope="row" className="font-normal">
                  {t(`permission.${permission}`)}
                </th>
                {roles.map((role) => (
                  <td key={role} className="text-center">
                    {holds(permission, role) ? (
                      <span className="text-success inline-flex">
                        <Icon name="check" />
                        <span className="sr-only">{t('common.yes')}</span>
                      </span>
                    ) : (
                      <>
                        <span aria-hidden="true">–</span>
                        <span className="sr-only">{t('common.no')}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>

      <ul className="bg-base-100 rounded-box border-base-300 divide-base-300 mb-6 divide-y border md:hidden">
        {listed.map((permission) => (
          <li key={permission} className="p-4">
            <p className="font-semibold">{t(`permission.${permission}`)}</p>
            <p className="mt-1.5 flex flex-wrap gap-1.5">
              {roles
                .filter((role) => holds(permission, role))
                .map((role) => (
                  <Badge key={role}>{t(`access.role.${role}`)}</Badge>
                ))}
            </p>
          </li>
        ))}
      </ul>
      <p className="max-w-prose text-sm">{t('permission.note')}</p>
    </>
  )
}

const holds = (permission: Permission, role: string): boolean =>
  (permissions[permission] as readonly string[]).includes(role)
