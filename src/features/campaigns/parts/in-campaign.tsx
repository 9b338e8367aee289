import type { Translate } from '../../../platform/i18n/messages.ts'
import '../messages.ts'

/** In another room's form: what is made with it belongs to the campaign it was opened from. */
export const InCampaign = ({ t, campaign }: { t: Translate; campaign: string | undefined }) =>
  campaign ? (
    <>
      <input type="hidden" name="campaign" value={campaign} />
      <p className="mb-4">
        <a className="link inline-flex min-h-8 items-center" href={`/campaigns/${encodeURIComponent(campaign)}`}>
          {t('campaigns.made_for_it')}
        </a>
      </p>
    </>
  ) : null
