import type { Generated } from 'kysely'

export interface AccessTryTable {
  /** sha256 of what is tried and by whom, hex */
  key: string
  tries: number
  since: Date
}

export interface MemberAccountView {
  organization_id: string
  user_id: string
  email: string
  has_second_factor: boolean
}

/** better-auth's tables, as far as we read them ourselves: with the owner's handle only. */
export interface AuthUserTable {
  id: Generated<string>
  name: string
  email: string
  emailVerified: boolean
  twoFactorEnabled: boolean | null
  language: string | null
}

export interface AuthSessionTable {
  id: Generated<string>
  userId: string
  token: string
  createdAt: Date
  updatedAt: Date
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
}

export interface AuthAccountTable {
  id: Generated<string>
  userId: string
  providerId: string
  password: string | null
}

export interface AuthTwoFactorTable {
  userId: string
}

declare module '../../platform/db/tables.ts' {
  interface Tables {
    access_try: AccessTryTable
    member_account: MemberAccountView
    'auth.user': AuthUserTable
    'auth.session': AuthSessionTable
    'auth.account': AuthAccountTable
    'auth.twoFactor': AuthTwoFactorTable
  }
}
