import { Hono, type Context, type MiddlewareHandler } from 'hono'
import type { Actor } from '../actor.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database, Db } from '../db/db.ts'
import { NotSignedIn } from '../errors.ts'
import type { Translate } from '../i18n/messages.ts'
import type { Language } from '../i18n/languages.ts'
import type { Mailer } from '../mail/mailer.ts'

/** What one running program has: made once at start, handed to routes, jobs and the CLI. */
export interface Installation {
  config: Config
  database: Database
  clock: Clock
  mailer: Mailer
  /** Secret kept in the data folder, for signing links and sessions. */
  secret: string
  /** Address people open, without a slash at the end. */
  url: string
}

export interface NavItem {
  href: string
  /** Other addresses that belong to it. */
  also?: readonly string[]
  /** Message key. */
  label: string
  /** Message key of the heading it stands under. */
  group?: string
  icon: string
  permission: string
}

/** An answer that says the same to everybody who asks as this one did, to be written again without asking inside. */
export interface Offered {
  bytes: Uint8Array
  /** Would it be the same now? Asked for each reader. */
  isStill: () => Promise<boolean>
  /** On the clock of `performance`. */
  until: number
  /** As in what is counted. */
  route: string
}

export interface Env {
  Bindings: {
    /** Where something stands before the application that may write an answer again. */
    offer?: (offered: Offered) => void
  }
  Variables: {
    installation: Installation
    /** null: nobody is signed in. Pages behind `allow()` use `actorOf(c)`. */
    actor: Actor | null
    /** The organization's own rows and the commons; where nobody is signed in, the commons alone. */
    db: Db
    language: Language
    t: Translate
    request_id: string
    /** What was done is still taken, but nobody new is given out to be called. */
    gives_nobody?: boolean
    /** Origins of other sites that may show this page inside theirs; without it nobody may. */
    framed_by?: readonly string[]
    /** Hash of the styles that stand in the page itself. */
    styled_by?: string
    /** In the place of the policy of our pages, for what is none of them; it says who may show it inside theirs. */
    own_policy?: string
    /** Pages of others may show it: a picture of a mail in a browser. */
    is_for_other_sites?: boolean
    /** Entries of the menu that this actor may open. */
    nav: NavItem[]
    /** Every organization the actor belongs to, for the switch in the shell. */
    organizations: readonly { organization_id: string; name: Record<string, string> }[]
    /** The one the actor acts for now. */
    organization: {
      organization_id: string
      name: Record<string, string>
      time_zone: string
      languages: string[]
      is_demo: boolean
    } | null
  }
}

export type Ctx = Context<Env>
export type Handler = MiddlewareHandler<Env>

/** Routes of one room. */
export const room = (): Hono<Env> => new Hono<Env>()

/** Who is asking; throws NotSignedIn (→ sign-in and back) where nobody is. */
export function actorOf(c: Ctx): Actor {
  const actor = c.var.actor
  if (!actor) throw new NotSignedIn()
  return actor
}
