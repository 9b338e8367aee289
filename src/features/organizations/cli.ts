import { Option, type Command } from 'commander'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import type { Installation } from '../../platform/http/room.ts'
import { localized } from '../../platform/i18n/languages.ts'
import { createUser, endSessions, removeSecondFactor, setSteward } from '../access/commands.ts'
import { roles, type Role } from '../access/permissions.ts'
import { membershipsOf, userByEmail } from '../access/queries.ts'
import { demoPassword, Email, passwordMinimum } from '../access/schema.ts'
import { addMember, createOrganization, endMembership, invite, setRoles } from './commands.ts'
import { organizations } from './queries.ts'

interface Json {
  json?: boolean
}

/** `hanpyo organization …`, `hanpyo user …`, `hanpyo invite`: for who has the server but no account yet. */
export function accessCommands(program: Command, context: CliContext): void {
  organizationCommands(program, context)
  userCommands(program, context)
  program
    .command('invite')
    .description('make a link by which somebody joins an organization')
    .argument('<organization>', 'its slug, as `organization list` shows it')
    .requiredOption('--role <role...>', `what they will be: ${roles.join(', ')}`)
    .option('--email <address>', 'mail the link there')
    .option('--days <days>', 'how long the link works', '7')
    .addOption(new Option('--language <language>', 'of the mail').choices(['en', 'ko']).default('en'))
    .option('--json', 'answer as JSON')
    .action(
      async (slug: string, options: Json & { role: string[]; email?: string; days: string; language: 'en' | 'ko' }) => {
        const installation = await context.open()
        const organization = await organizationNamed(installation, slug)
        const days = Number(options.days)
        if (!Number.isInteger(days) || days < 1 || days > 365) throw new CliProblem('--days takes 1 to 365', 2)
        const invited = await invite(installation, installation.database.owner, context.actor, {
          organization_id: organization.organization_id,
          roles: readRoles(options.role),
          email: options.email === undefined ? null : readEmail(options.email),
          note: null,
          days,
          language: options.language,
        })
        context.answer(options, invited, () => `${invited.url}\nworks once, until ${invited.expires_at.toISOString()}`)
      },
    )
}

function organizationCommands(program: Command, context: CliContext): void {
  const organization = program.command('organization').description('organizations of this installation')
  organization
    .command('create')
    .description('make an organization; invite its organizer next')
    .argument('<name>', 'name in English')
    .option('--ko <name>', 'name in Korean')
    .option('--slug <slug>', 'short name for the command line: letters, digits, hyphens')
    .option('--time-zone <zone>', 'IANA time zone', 'America/New_York')
    .option('--json', 'answer as JSON')
    .action(async (name: string, options: Json & { ko?: string; slug?: string; timeZone: string }) => {
      const installation = await context.open({ begins: true })
      if (!isTimeZone(options.timeZone)) throw new CliProblem(`there is no time zone ${options.timeZone}`, 2)
      if (options.slug && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(options.slug)) {
        throw new CliProblem('--slug takes lower-case letters, digits and single hyphens', 2)
      }
      const ko = options.ko?.trim()
      const made = await createOrganization(installation, context.actor, {
        name: { en: readName(name, 'the name of an organization'), ...(ko ? { ko } : {}) },
        time_zone: options.timeZone,
        ...(options.slug ? { slug: options.slug } : {}),
      })
      if (!made.ok) throw new CliProblem('there is an organization with this short name; give another with --slug')
      const { organization_id } = made
      const slug = (await organizations(installation.database.owner)).find(
        (each) => each.organization_id === organization_id,
      )?.slug
      context.answer(
        options,
        { organization_id, slug },
        () => `Made ${slug}. Next: hanpyo invite ${slug} --role organizer`,
      )
    })
  organization
    .command('list')
    .description('all organizations')
    .option('--json', 'answer as JSON')
    .action(async (options: Json) => {
      const installation = await context.open()
      const rows = await organizations(installation.database.owner)
      context.answer(
        options,
        rows.map(({ organization_id, slug, name, is_demo, members }) => ({
          organization_id,
          slug,
          name,
          is_demo,
          members: Number(members),
        })),
        () =>
          rows.map((each) => `${each.slug}\t${each.members} members\t${localized(each.name, 'en').text}`).join('\n') ||
          'No organization yet. Make one with `hanpyo organization create`, or open the web page.',
      )
    })
}

function userCommands(program: Command, context: CliContext): void {
  const user = program.command('user').description('people with an account')
  user
    .command('create')
    .description('make an account; the password is read from HANPYO_PASSWORD, never from the command line')
    .argument('<email>')
    .requiredOption('--name <name>', 'as colleagues see it')
    .addOption(new Option('--language <language>').choices(['en', 'ko']))
    .option('--json', 'answer as JSON')
    .action(async (email: string, options: Json & { name: string; language?: 'en' | 'ko' }) => {
      const installation = await context.open({ begins: true })
      const password = process.env.HANPYO_PASSWORD
      if (password !== undefined && password.length < passwordMinimum) {
        throw new CliProblem(`HANPYO_PASSWORD takes ${passwordMinimum} characters or more`, 2)
      }
      if (password === demoPassword) {
        throw new CliProblem(
          'HANPYO_PASSWORD is the password of the practice town, which everybody knows; take another',
          2,
        )
      }
      const name = readName(options.name, '--name')
      const made = await createUser(installation, {
        email: readEmail(email),
        name,
        language: options.language ?? null,
        is_email_proven: true,
        ...(password === undefined ? {} : { password }),
      })
      if (!made.ok) throw new CliProblem(`there is an account with ${email} already`)
      await audit(installation.database.owner, context.actor, {
        action: 'user.create',
        subject: 'user',
        subject_id: made.user_id,
        after: { name, email },
        organization_id: null,
      })
      context.answer(options, { user_id: made.user_id, email }, () =>
        password === undefined ? `Made ${email}, without password: they sign in by e-mailed link.` : `Made ${email}.`,
      )
    })
  user
    .command('list')
    .description('accounts and what they may do where')
    .option('--json', 'answer as JSON')
    .action(async (options: Json) => {
      const { database } = await context.open()
      const users = await database.owner
        .selectFrom('auth.user')
        .leftJoin('steward', 'steward.user_id', 'auth.user.id')
        .select(['id', 'email', 'auth.user.name', 'steward.since'])
        .orderBy('email')
        .execute()
      const rows = await Promise.all(
        users.map(async (each) => ({
          user_id: each.id,
          email: each.email,
          name: each.name,
          is_steward: each.since !== null,
          memberships: (await membershipsOf(database.owner, each.id)).map(({ organization_id, name, roles: held }) => ({
            organization_id,
            name,
            roles: held,
          })),
        })),
      )
      context.answer(
        options,
        rows,
        () =>
          rows
            .map((each) =>
              [
                each.email,
                each.name,
                each.is_steward ? 'steward' : '',
                each.memberships
                  .map((membership) => `${localized(membership.name, 'en').text}: ${membership.roles.join('+')}`)
                  .join('; '),
              ].join('\t'),
            )
            .join('\n') || 'Nobody yet.',
      )
    })
  user
    .command('grant')
    .description('make somebody a member with these roles, beside those they have')
    .argument('<email>')
    .argument('<organization>', 'its slug')
    .argument('<role...>', roles.join(', '))
    .option('--json', 'answer as JSON')
    .action(async (email: string, slug: string, given: string[], options: Json) => {
      const installation = await context.open()
      const found = await userNamed(installation, email)
      const { organization_id } = await organizationNamed(installation, slug)
      await addMember(installation.database.owner, context.actor, {
        organization_id,
        user_id: found.id,
        display_name: found.name,
        roles: readRoles(given),
      })
      context.answer(
        options,
        { user_id: found.id, organization_id },
        () => `${email} is ${given.join(', ')} of ${slug}.`,
      )
    })
  user
    .command('revoke')
    .description('take roles away; without roles, end the membership')
    .argument('<email>')
    .argument('<organization>', 'its slug')
    .argument('[role...]', roles.join(', '))
    .option('--json', 'answer as JSON')
    .action(async (email: string, slug: string, given: string[], options: Json) => {
      const installation = await context.open()
      await revoke(installation, context.actor, email, slug, readRoles(given))
      context.answer(options, { ok: true }, () =>
        given.length > 0
          ? `${email} is no longer ${given.join(', ')} of ${slug}.`
          : `${email} is no longer of ${slug}.`,
      )
    })
  user
    .command('steward')
    .description('let somebody look after the installation: voter files, sent mail')
    .argument('<email>')
    .option('--off', 'no longer')
    .option('--json', 'answer as JSON')
    .action(async (email: string, options: Json & { off?: boolean }) => {
      const installation = await context.open()
      const found = await userNamed(installation, email)
      await setSteward(installation, context.actor, found.id, !options.off)
      context.answer(options, { user_id: found.id, is_steward: !options.off }, () =>
        options.off ? `${email} is no longer steward.` : `${email} is steward of this installation.`,
      )
    })
  user
    .command('sign-out')
    .description('end all sessions of somebody, on every device')
    .argument('<email>')
    .option('--json', 'answer as JSON')
    .action(async (email: string, options: Json) => {
      const installation = await context.open()
      const { id } = await userNamed(installation, email)
      const ended = await endSessions(installation, id)
      await audit(installation.database.owner, context.actor, {
        action: 'account.sessions_ended',
        subject: 'user',
        subject_id: id,
        organization_id: null,
      })
      context.answer(options, { ended }, () => `Ended ${ended} sessions of ${email}.`)
    })
  user
    .command('second-factor-off')
    .description('let somebody in again who lost their authenticator and their recovery codes; ends their sessions')
    .argument('<email>')
    .option('--json', 'answer as JSON')
    .action(async (email: string, options: Json) => {
      const installation = await context.open()
      const { id } = await userNamed(installation, email)
      if (!(await removeSecondFactor(installation, context.actor, id)))
        throw new CliProblem(`${email} signs in without a second step already`)
      context.answer(options, { user_id: id }, () => `${email} signs in without a second step. All sessions are ended.`)
    })
}

async function revoke(
  installation: Installation,
  actor: Actor,
  email: string,
  slug: string,
  taken: readonly Role[],
): Promise<void> {
  const { owner } = installation.database
  const { id } = await userNamed(installation, email)
  const { organization_id } = await organizationNamed(installation, slug)
  const held = (await membershipsOf(owner, id)).find((each) => each.organization_id === organization_id)
  if (!held) throw new CliProblem(`${email} is no member of ${slug}`)
  const left = roles.filter((role) => held.roles.includes(role) && !taken.includes(role))
  const result =
    taken.length === 0 || left.length === 0
      ? await endMembership(owner, actor, organization_id, id, installation.clock.now())
      : await setRoles(owner, actor, organization_id, id, left)
  if (!result.ok) throw new CliProblem(`${email} is the only organizer of ${slug}; make somebody else one first`)
}

async function organizationNamed(installation: Installation, slug: string) {
  const rows = await organizations(installation.database.owner)
  const found = rows.find((each) => each.slug === slug)
  if (found) return found
  const known = rows.map((each) => each.slug).join(', ')
  throw new CliProblem(`there is no organization ${slug}; there ${known ? `is: ${known}` : 'is none yet'}`, 2)
}

async function userNamed(installation: Installation, email: string) {
  const found = await userByEmail(installation.database.owner, email)
  if (!found) throw new CliProblem(`there is no account with ${email}`, 2)
  return found
}

function readEmail(typed: string): string {
  const email = Email.safeParse(typed)
  if (!email.success) throw new CliProblem(`${typed} is no e-mail address`, 2)
  return email.data
}

function readName(typed: string, what: string): string {
  const name = typed.trim()
  if (name === '') throw new CliProblem(`${what} takes a letter at least`, 2)
  return name
}

function readRoles(given: readonly string[]): Role[] {
  const unknown = given.find((each) => !roles.some((role) => role === each))
  if (unknown !== undefined) throw new CliProblem(`there is no role ${unknown}; there is: ${roles.join(', ')}`, 2)
  return roles.filter((role) => given.includes(role))
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false // what Intl throws for a zone it does not know
  }
}
