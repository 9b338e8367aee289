import type { Translate } from '../../../platform/i18n/messages.ts'
import { Badge, Choices, Field, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Frame, oneOf, Preferred, Removal, type SmallFormProps } from '../pages/small-forms.tsx'
import type { Profile } from '../queries.ts'
import { whoName } from '../rules.ts'
import './messages.ts'
import { addressKey, knownAddresses, wholeAddress, type KnownAddress } from './rules.ts'
import { addressKinds, addressQualities, deadQualities, type AddressKind } from './schema.ts'

const badges = { good: 'success', unknown: 'neutral', undeliverable: 'error', moved: 'error' } as const

/** Every address, each with what it is, what is known of it and where post goes. */
export function AddressList({ t, profile, may_edit }: { t: Translate; profile: Profile; may_edit: boolean }) {
  const known = knownAddresses(profile)
  const base = `/people/${whoName(profile.who)}`
  return (
    <section className="mt-4" aria-labelledby="addresses">
      <h3 id="addresses" className="font-semibold">
        {t('addresses.title')}
      </h3>
      {known.length === 0 && <p>{t('addresses.none')}</p>}
      <ul className="divide-base-300 divide-y">
        {known.map((each) => {
          const quality = each.noted?.quality ?? (each.kind === 'earlier' ? 'moved' : 'unknown')
          const isDead = deadQualities.includes(quality)
          return (
            <li key={each.key} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <span className="min-w-0">
                <span className="block text-sm">{t(`addresses.kind.${each.kind}`)}</span>
                <span lang="en" className={isDead ? 'line-through' : 'font-semibold'}>
                  {wholeAddress(each)}
                </span>
              </span>
              {(each.noted || isDead) && <Badge kind={badges[quality]}>{t(`addresses.quality.${quality}`)}</Badge>}
              {each.is_for_post && <Badge kind="info">{t('addresses.for_post')}</Badge>}
              {may_edit && (
                <a
                  href={`${base}/address?key=${encodeURIComponent(each.key)}`}
                  className="ml-auto inline-flex min-h-11 items-center text-sm print:hidden"
                >
                  {t('action.edit')}
                  <span className="sr-only"> {each.address}</span>
                </a>
              )}
              {each.noted && (
                <span className="w-full text-sm">{t('people.phone.from_us', { source: each.noted.source })}</span>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export function AddressPage(props: SmallFormProps) {
  const { t, profile, typed, errors } = props
  const shared = { t, typed, errors }
  const known = typedAddress(profile, typed)
  // As the row has it that is changed, whatever the voter file writes.
  const spelled = known?.noted ?? known
  return (
    <Frame
      {...props}
      title={known ? t('addresses.edit') : t('addresses.add')}
      lead={t('addresses.lead')}
      action="address"
      saved={savedAddress(profile, typed)}
      more={
        known?.noted && (
          <Removal
            t={t}
            action={`/people/${whoName(profile.who)}/address/remove`}
            name="key"
            value={known.noted.address_key}
          />
        )
      }
    >
      {known && spelled ? (
        <>
          <p lang="en" className="mb-4 text-xl font-bold">
            {wholeAddress(known)}
          </p>
          <input type="hidden" name="key" value={known.key} />
          <input type="hidden" name="address" value={spelled.address} />
          <input type="hidden" name="city" value={spelled.city ?? ''} />
          <input type="hidden" name="state" value={spelled.state ?? ''} />
          <input type="hidden" name="zip5" value={spelled.zip5 ?? ''} />
        </>
      ) : (
        <>
          <Field {...shared} label={t('addresses.street')} name="address" required maxLength={120} autoComplete="off" />
          <Field {...shared} label={t('people.city')} name="city" maxLength={60} autoComplete="off" />
          <Field
            {...shared}
            label={t('addresses.state')}
            hint={t('addresses.state_hint')}
            name="state"
            maxLength={2}
            autoComplete="off"
          />
          <Field
            {...shared}
            label={t('people.zip5')}
            name="zip5"
            inputMode="numeric"
            maxLength={10}
            autoComplete="off"
          />
        </>
      )}
      <Select
        t={t}
        label={t('addresses.kind')}
        name="kind"
        required
        value={typed.kind ?? kindOf(known)}
        options={addressKinds.map((value) => ({ value, label: t(`addresses.kind.${value}`) }))}
      />
      <Choices
        t={t}
        legend={t('people.quality')}
        name="quality"
        kind="radio"
        chosen={[typed.quality ?? known?.noted?.quality ?? 'unknown']}
        options={addressQualities.map((value) => ({ value, label: t(`addresses.quality.${value}`) }))}
      />
      <Preferred {...shared} label={t('addresses.prefer')} is_checked={known?.noted?.is_preferred} />
    </Frame>
  )
}

/** The address a form is about; one typed anew is looked for as it will be kept. */
function typedAddress(profile: Profile, { key, address, zip5 }: Readonly<Record<string, string>>) {
  const meant = key ?? (address ? addressKey({ address, zip5: zip5?.slice(0, 5) || null }) : null)
  return knownAddresses(profile).find(({ key: its, noted }) => its === meant || noted?.address_key === meant)
}

/** As it stands in the fields that may be changed, of what we noted ourselves; whether we have it at all is a field too. */
export function savedAddress(profile: Profile, typed: Readonly<Record<string, string>>): FormValues {
  const known = typedAddress(profile, typed)
  if (!known?.noted) return { address: '', ...oneOf('mailing', null) }
  return { address: known.address, ...oneOf(kindOf(known), known.noted) }
}

function kindOf(known: KnownAddress | undefined): AddressKind {
  if (known?.noted) return known.noted.kind
  if (!known || known.kind === 'registered_mail') return 'mailing'
  return known.kind === 'registered' ? 'home' : known.kind
}
