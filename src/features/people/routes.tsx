import type { ReactElement } from 'react'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { Conflict, found } from '../../platform/errors.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { page } from '../../platform/http/page.tsx'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import type { FormValues } from '../../platform/ui/form-values.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { allow } from '../access/allow.ts'
import { mayDo, type Permission } from '../access/permissions.ts'
import { e164 } from '../voterfile/rules/phones.ts'
import {
  createPerson,
  linkVoter,
  mark,
  personOf,
  recordConsent,
  refuseMatch,
  takeBackRefusal,
  takeBackUnlink,
  relate,
  removeEmail,
  removeNote,
  removePhone,
  removeTag,
  saveEmail,
  savePhone,
  takeBackMark,
  unlinkVoter,
  unrelate,
  updatePerson,
} from './commands.ts'
import { removeAddress, saveAddress } from './addresses/commands.ts'
import { AddressPage, savedAddress } from './addresses/pages.tsx'
import { AddressForm } from './addresses/schema.ts'
import { alikeOurs } from './duplicates/commands.ts'
import { lookForDuplicates } from './duplicates/jobs.ts'
import './duplicates/messages.ts'
import { recordMembership, removeMembership, takeBackDues } from './membership/commands.ts'
import './membership/messages.ts'
import { MembershipPage } from './membership/pages.tsx'
import { duesOf, membershipKinds } from './membership/queries.ts'
import './messages.ts'
import './sheets/messages.ts'
import '../voterfile/community/messages.ts'
import { EditPersonPage, NewPersonPage, savedPerson } from './pages/person-form.tsx'
import './households/messages.ts'
import { nameOf } from './pages/person-name.tsx'
import { SearchPage } from './pages/search-page.tsx'
import {
  ConsentPage,
  EmailPage,
  MarkPage,
  NumberMarkPage,
  PhonePage,
  RelatedPage,
  savedEmail,
  savedPhone,
  type SmallFormProps,
} from './pages/small-forms.tsx'
import { customFields, personById, profileOf, recentPeople, whoIs, type Profile } from './queries.ts'
import { profilePath, readCustom, trailName, whoName } from './rules.ts'
import {
  ConsentForm,
  PersonForm,
  EmailForm,
  emailAddress,
  MarkForm,
  MembershipForm,
  NewPersonForm,
  NumberMarkForm,
  PhoneForm,
  RelationshipForm,
} from './schema.ts'
import { search } from './search/queries.ts'

/** Here and in every path below: 'v123' means the voter record 123, anything else a person's id. */
const who = (c: Ctx): string => c.req.param('who') ?? ''

async function profileFor(c: Ctx, db = c.var.db): Promise<Profile> {
  const { organization_id } = actorOf(c)
  const meant = found(await whoIs(db, organization_id, who(c)))
  return found(await profileOf(db, organization_id, meant))
}

/** Back to the profile, with what was done as a key the page knows. */
async function toProfile(c: Ctx, done: string, part = ''): Promise<Response> {
  const meant = found(await whoIs(c.var.db, actorOf(c).organization_id, who(c)))
  return c.redirect(`${profilePath(meant)}?done=${done}${part && `#${part}`}`, 303)
}

const today = (c: Ctx): string =>
  dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now())

const smallForm = async (
  c: Ctx,
  Form: (props: SmallFormProps) => ReactElement,
  typed: Record<string, string>,
  errors: FieldErrors = {},
  status: 200 | 422 = 200,
  meanwhile?: Meanwhile,
) => {
  const profile = await profileFor(c)
  return page(c, <Form t={c.var.t} profile={profile} typed={typed} errors={errors} />, {
    title: nameOf(profile, c.var.t).main,
    status,
    meanwhile,
  })
}

/** A voter may become a person while the form is open. */
const personKey = async (c: Ctx, tx: Db): Promise<string> => (await profileFor(c, tx)).who.person_id ?? who(c)

/** One of several numbers, e-mails or addresses; `saved`: what its form's fields would hold, `about`: which one it is. */
async function saveOne(
  c: Ctx,
  Form: (props: SmallFormProps) => ReactElement,
  typed: Record<string, string>,
  about: Record<string, string>,
  saved: (profile: Profile, typed: Record<string, string>) => FormValues,
  save: (tx: Db) => Promise<void>,
): Promise<Response> {
  const sent = await saveUnlessChanged(c, {
    subject: 'person',
    subject_id: (tx) => personKey(c, tx),
    about,
    values: async (tx) => saved(await profileFor(c, tx), typed),
    save,
  })
  if (sent.ok) return toProfile(c, 'saved', 'contact')
  const { meanwhile } = sent
  // It is the same one, however it was written.
  const which = Object.fromEntries(Object.keys(about).map((name) => [name, meanwhile.saved[name] ?? '']))
  return smallForm(c, Form, typed, {}, 200, { ...meanwhile, typed: { ...meanwhile.typed, ...which } })
}

async function membershipForm(
  c: Ctx,
  typed: Record<string, string>,
  errors: FieldErrors = {},
  status: 200 | 422 = 200,
) {
  const kinds = await membershipKinds(c.var.db, actorOf(c).organization_id)
  return smallForm(c, (props) => <MembershipPage {...props} kinds={kinds} />, typed, errors, status)
}

const relatedForm = async (
  c: Ctx,
  typed: Record<string, string>,
  errors: FieldErrors = {},
  status: 200 | 422 = 200,
) => {
  const profile = await profileFor(c)
  const query = c.req.query('q') ?? ''
  const { results } = query ? await search(c.var.db, actorOf(c).organization_id, query) : { results: [] }
  if (results.length > 0)
    await audit(c.var.db, actorOf(c), {
      action: 'voter.search',
      subject: 'voter_record',
      after: { query, found: Math.min(results.length, 20) },
      request_id: c.var.request_id,
    })
  return page(
    c,
    <RelatedPage
      t={c.var.t}
      profile={profile}
      typed={typed}
      errors={errors}
      query={query}
      found={results.slice(0, 20)}
    />,
    { title: nameOf(profile, c.var.t).main, status },
  )
}

export const peopleRoutes = room()
  .get('/voters', allow('voters.view'), async (c) => {
    const actor = actorOf(c)
    const query = (c.req.query('q') ?? '').trim()
    const from = Math.max(0, Math.floor(Number(c.req.query('from') ?? 0)) || 0)
    const answer = query ? await search(c.var.db, actor.organization_id, query) : null
    if (answer && answer.results.length > 0) {
      await audit(c.var.db, actor, {
        action: 'voter.search',
        subject: 'voter_record',
        after: { query, found: answer.results.length, ...(from > 0 && { from }) },
        request_id: c.var.request_id,
      })
    }
    const recent = answer ? [] : await recentPeople(c.var.db, actor.organization_id)
    return page(
      c,
      <SearchPage
        t={c.var.t}
        query={query}
        answer={answer}
        from={from}
        today={today(c)}
        recent={recent}
        may_edit={mayEdit(actor.roles)}
        tools={toolsOf(c)}
        builder={builderFor(c, query)}
      />,
      { title: query || c.var.t('people.search.title') },
    )
  })
  .get('/people/new', allow('people.edit'), async (c) => {
    const custom_fields = await customFields(c.var.db, actorOf(c).organization_id)
    const name = (c.req.query('name') ?? '').trim()
    const typed: Record<string, string> = /[가-힣]/.test(name) ? { name_hangul: name } : namesOf(name)
    return page(c, <NewPersonPage t={c.var.t} typed={typed} errors={{}} custom_fields={custom_fields} />, {
      title: c.var.t('people.new'),
    })
  })
  .post('/people/new', allow('people.edit'), async (c) => {
    const { t, db } = c.var
    const actor = actorOf(c)
    const { typed, errors, value } = await readForm(c, NewPersonForm)
    const custom_fields = await customFields(db, actor.organization_id)
    const custom = readCustom(custom_fields, typed)
    Object.assign(errors, custom.errors)
    const phone = value?.phone ? e164(value.phone) : null
    if (value?.phone && !phone) errors.phone = 'people.phone.invalid'
    const email = value?.email ? emailAddress.safeParse(value.email) : null
    if (email && !email.success) errors.email = 'people.email_invalid'
    if (!value || Object.keys(errors).length > 0) {
      return page(c, <NewPersonPage {...{ t, typed, errors, custom_fields }} />, {
        title: t('people.new'),
        status: 422,
      })
    }
    const { phone: _phone, email: _email, ...facts } = value
    const phones = phone ? [phone] : []
    const emails = email?.success ? [email.data] : []
    const alike = typed.is_new ? [] : await alikeOurs(db, actor.organization_id, { ...facts, phones, emails })
    if (alike.length > 0) {
      await audit(db, actor, {
        action: 'person_pair.list',
        subject: 'person_pair',
        after: { found: alike.length },
        request_id: c.var.request_id,
      })
      return page(c, <NewPersonPage {...{ t, typed, errors, custom_fields, alike }} />, {
        title: t('people.new'),
        status: 422,
      })
    }
    const { person_id, match } = await createPerson(
      db,
      actor,
      {
        ...facts,
        custom: said(custom.values),
        phones,
        emails,
      },
      actor.name,
    )
    await lookForDuplicates(db, actor.organization_id)
    if (match.kind === 'linked') return c.redirect(`/voters/${match.voter_id}?done=linked`, 303)
    return c.redirect(`/people/${person_id}?done=saved${match.kind === 'unsure' ? '#match' : ''}`, 303)
  })

  .get('/people/:who/edit', allow('people.edit'), async (c) => {
    const profile = await profileFor(c)
    return page(c, editPage(c, profile, {}, {}), { title: nameOf(profile, c.var.t).main })
  })
  .post('/people/:who/edit', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, PersonForm)
    const profile = await profileFor(c)
    const custom = readCustom(profile.custom_fields, typed)
    if (!value || Object.keys(custom.errors).length > 0) {
      return page(c, editPage(c, profile, typed, { ...errors, ...custom.errors }), {
        title: nameOf(profile, c.var.t).main,
        status: 422,
      })
    }
    const saved = await saveUnlessChanged(c, {
      subject: 'person',
      subject_id: (tx) => personKey(c, tx),
      in_trail: (name) => [trailName(name)],
      values: async (tx) => savedPerson(await profileFor(c, tx)),
      save: (tx) => updatePerson(tx, actorOf(c), who(c), value, null, custom.values),
    })
    if (!saved.ok) {
      const now = await profileFor(c)
      const title = nameOf(now, c.var.t).main
      return page(c, editPage(c, now, typed, {}), { title, meanwhile: saved.meanwhile })
    }
    return toProfile(c, 'saved')
  })

  .get('/people/:who/phone', allow('people.edit'), (c) => {
    const asked = c.req.query('phone')
    return smallForm(c, PhonePage, asked ? { phone: e164(asked) ?? asked } : {})
  })
  .post('/people/:who/phone', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, PhoneForm)
    if (!value) return smallForm(c, PhonePage, typed, errors, 422)
    const phone = e164(value.phone)
    if (!phone) return smallForm(c, PhonePage, typed, { phone: 'people.phone.invalid' }, 422)
    return saveOne(c, PhonePage, typed, { phone }, savedPhone, async (tx) => {
      await savePhone(tx, actorOf(c), who(c), value)
    })
  })
  .post('/people/:who/phone/remove', allow('people.edit'), async (c) => {
    const phone = await postedText(c, 'phone')
    await removePhone(c.var.db, actorOf(c), who(c), phone)
    return toProfile(c, 'saved', 'contact')
  })
  .get('/people/:who/email', allow('people.edit'), (c) => {
    const asked = c.req.query('email')
    return smallForm(c, EmailPage, asked ? { email: asked.toLowerCase() } : {})
  })
  .post('/people/:who/email', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, EmailForm)
    if (!value) return smallForm(c, EmailPage, typed, errors, 422)
    return saveOne(c, EmailPage, typed, { email: value.email }, savedEmail, (tx) =>
      saveEmail(tx, actorOf(c), who(c), value),
    )
  })
  .post('/people/:who/email/remove', allow('people.edit'), async (c) => {
    const email = await postedText(c, 'email')
    await removeEmail(c.var.db, actorOf(c), who(c), email)
    return toProfile(c, 'saved', 'contact')
  })
  .get('/people/:who/address', allow('people.edit'), (c) =>
    smallForm(c, AddressPage, { ...(c.req.query('key') && { key: c.req.query('key') ?? '' }) }),
  )
  .post('/people/:who/address', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, AddressForm)
    if (!value) return smallForm(c, AddressPage, typed, errors, 422)
    return saveOne(c, AddressPage, typed, { address: value.address }, savedAddress, (tx) =>
      saveAddress(tx, actorOf(c), who(c), value),
    )
  })
  .post('/people/:who/address/remove', allow('people.edit'), async (c) => {
    const key = await postedText(c, 'key')
    await removeAddress(c.var.db, actorOf(c), who(c), key)
    return toProfile(c, 'saved', 'contact')
  })

  .post('/people/:who/tags/remove', allow('people.edit'), async (c) => {
    const tag = await postedText(c, 'tag')
    await removeTag(c.var.db, actorOf(c), who(c), tag)
    return toProfile(c, 'saved', 'tags')
  })
  .post('/people/:who/notes/:note/remove', allow('people.edit'), async (c) => {
    await removeNote(c.var.db, actorOf(c), c.req.param('note'))
    const meant = found(await whoIs(c.var.db, actorOf(c).organization_id, who(c)))
    return c.redirect(
      `${profilePath(meant)}?done=note_removed&note=${encodeURIComponent(c.req.param('note'))}#notes`,
      303,
    )
  })
  .post('/people/:who/notes/:note/restore', allow('people.edit'), async (c) => {
    await removeNote(c.var.db, actorOf(c), c.req.param('note'), false)
    return toProfile(c, 'saved', 'notes')
  })

  .get('/people/:who/consent', allow('people.edit'), (c) =>
    smallForm(c, ConsentPage, { channel: c.req.query('channel') ?? '' }),
  )
  .post('/people/:who/consent', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, ConsentForm)
    if (!value) return smallForm(c, ConsentPage, typed, errors, 422)
    await recordConsent(c.var.db, actorOf(c), who(c), value)
    return toProfile(c, 'saved', 'consent')
  })
  .get('/people/:who/membership', allow('people.edit'), (c) => membershipForm(c, { from_on: today(c) }))
  .post('/people/:who/membership', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, MembershipForm)
    if (!value) return membershipForm(c, typed, errors, 422)
    await recordMembership(c.var.db, actorOf(c), who(c), value)
    return toProfile(c, 'saved', 'membership')
  })
  .post('/people/:who/membership/:membership/remove', allow('people.edit'), async (c) => {
    await removeMembership(c.var.db, actorOf(c), who(c), c.req.param('membership'))
    return toProfile(c, 'saved', 'membership')
  })
  .post('/people/:who/membership/dues/:dues/take-back', allow('people.edit'), async (c) => {
    const { db, t } = c.var
    const { who: meant } = await profileFor(c)
    const dues_id = c.req.param('dues')
    // Money is taken back in the ledger, with a row of its own.
    const own = meant.person_id ? await duesOf(db, actorOf(c).organization_id, meant.person_id) : []
    found(own.find((each) => each.dues_id === dues_id && each.how !== 'paid'))
    const taken = await takeBackDues(db, actorOf(c), dues_id, t('membership.remove'))
    if (!taken.ok) throw new Conflict()
    return toProfile(c, 'saved', 'membership')
  })
  .get('/people/:who/mark', allow('people.edit'), (c) => smallForm(c, MarkPage, {}))
  .post('/people/:who/mark', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, MarkForm)
    if (!value) return smallForm(c, MarkPage, typed, errors, 422)
    await mark(c.var.db, actorOf(c), who(c), value)
    return toProfile(c, 'saved', 'marks')
  })
  .get('/people/:who/number', allow('people.edit'), (c) =>
    smallForm(c, NumberMarkPage, { phone: c.req.query('phone') ?? '' }),
  )
  .post('/people/:who/number', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, NumberMarkForm)
    if (!value) return smallForm(c, NumberMarkPage, typed, errors, 422)
    const phone = e164(value.phone)
    if (!phone) return smallForm(c, NumberMarkPage, typed, { '': 'people.phone.invalid' }, 422)
    await mark(c.var.db, actorOf(c), who(c), { ...value, phone })
    return toProfile(c, 'saved', 'marks')
  })
  .post('/people/:who/marks/:mark/take-back', allow('people.edit'), async (c) => {
    await takeBackMark(c.var.db, actorOf(c), c.req.param('mark'))
    return toProfile(c, 'saved', 'marks')
  })

  .get('/people/:who/related', allow('people.edit'), (c) => relatedForm(c, {}))
  .post('/people/:who/related', allow('people.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, RelationshipForm)
    if (!value) return relatedForm(c, typed, errors, 422)
    const related = await relate(c.var.db, actorOf(c), who(c), value)
    if (!related.ok) return relatedForm(c, typed, { '': `people.related.problem.${related.problem}` }, 422)
    return toProfile(c, 'saved', 'household')
  })
  .post('/people/:who/related/:relationship/remove', allow('people.edit'), async (c) => {
    await unrelate(c.var.db, actorOf(c), c.req.param('relationship'))
    return toProfile(c, 'saved', 'household')
  })

  .post('/people/:who/match/:voter{[0-9]+}', allow('people.edit'), async (c) => {
    const person_id = await personOf(c.var.db, actorOf(c), who(c))
    const linked = await linkVoter(c.var.db, actorOf(c), person_id, Number(c.req.param('voter')), 'hand')
    return linked.ok ? toProfile(c, 'matched') : c.redirect(`/people/${person_id}?done=taken#match`, 303)
  })
  .post('/people/:who/refuse/:voter{[0-9]+}', allow('people.edit'), async (c) => {
    const person_id = await personOf(c.var.db, actorOf(c), who(c))
    const voter_id = Number(c.req.param('voter'))
    await refuseMatch(c.var.db, actorOf(c), person_id, voter_id)
    return c.redirect(`/people/${person_id}?done=refused&voter=${voter_id}`, 303)
  })
  .post('/people/:who/refuse/:voter{[0-9]+}/undo', allow('people.edit'), async (c) => {
    const person_id = await personOf(c.var.db, actorOf(c), who(c))
    await takeBackRefusal(c.var.db, actorOf(c), person_id, Number(c.req.param('voter')))
    return toProfile(c, 'saved', 'match')
  })
  .post('/people/:who/unmatch/:voter{[0-9]+}/undo', allow('people.edit'), async (c) => {
    const person_id = await personOf(c.var.db, actorOf(c), who(c))
    const linked = await takeBackUnlink(c.var.db, actorOf(c), person_id, Number(c.req.param('voter')))
    return linked.ok ? toProfile(c, 'matched') : c.redirect(`/people/${person_id}?done=taken#match`, 303)
  })
  .post('/people/:who/unmatch', allow('people.edit'), async (c) => {
    const person = found(
      await personById(c.var.db, actorOf(c).organization_id, await personOf(c.var.db, actorOf(c), who(c))),
    )
    await unlinkVoter(c.var.db, actorOf(c), person.person_id)
    return c.redirect(`/people/${person.person_id}?done=unmatched&voter=${person.voter_id ?? ''}`, 303)
  })

const said = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

/** One field of a small form; '' where it is missing. */
async function postedText(c: Ctx, name: string): Promise<string> {
  const value = (await c.req.parseBody())[name]
  return typeof value === 'string' ? value : ''
}

function toolsOf(c: Ctx): { href: string; label: string }[] {
  const { t, actor } = c.var
  const may = (permission: Permission) => mayDo({ roles: actor?.roles ?? [], is_steward: false }, permission)
  return [
    ...(may('people.view') ? [{ href: '/people', label: t('people.tools.list') }] : []),
    ...(may('people.import') ? [{ href: '/people/imports', label: t('people.tools.import') }] : []),
    ...(may('people.import') ? [{ href: '/people/suppressions', label: t('people.tools.suppressions') }] : []),
    ...(may('people.merge') ? [{ href: '/people/duplicates', label: t('people.tools.duplicates') }] : []),
    ...(may('people.edit') ? [{ href: '/people/sheets', label: t('sheets.title') }] : []),
    ...(may('people.view') ? [{ href: '/households', label: t('households.tool') }] : []),
    ...(may('people.settings') ? [{ href: '/people/fields', label: t('people.tools.fields') }] : []),
  ]
}

/** Somebody typed a condition of targeting (`party:dem age:65-`) where people are looked for by name. */
function builderFor(c: Ctx, query: string): string | null {
  const isCondition = /(?:^|[\s(-])\p{L}[\p{L}-]*(?::|[<>]=?)\S/u.test(query)
  const may = mayDo({ roles: c.var.actor?.roles ?? [], is_steward: false }, 'universes.edit')
  return isCondition && may ? `/voters/universes/new?${new URLSearchParams({ q: query })}` : null
}

const mayEdit = (roles: readonly string[]): boolean => mayDo({ roles, is_steward: false }, 'people.edit')

const editPage = (c: Ctx, profile: Profile, typed: Record<string, string>, errors: FieldErrors) => (
  <EditPersonPage
    t={c.var.t}
    name={nameOf(profile, c.var.t).main}
    action={`/people/${whoName(profile.who)}/edit`}
    back={profilePath(profile.who)}
    person={profile.person}
    voter={profile.voter}
    custom_fields={profile.custom_fields}
    typed={typed}
    errors={errors}
    saved={savedPerson(profile)}
  />
)

/** 'Young Hee Kim' or 'Kim, Young Hee' as the fields of the form: a proposal, to be corrected there. */
function namesOf(name: string): Record<string, string> {
  if (!name) return {}
  const comma = name.split(',')
  if (comma.length === 2) return { last_name: (comma[0] ?? '').trim(), first_name: (comma[1] ?? '').trim() }
  const words = name.split(/\s+/)
  return { last_name: words.at(-1) ?? '', first_name: words.slice(0, -1).join(' ') }
}
