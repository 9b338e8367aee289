import { createHmac } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'
import { readerOf, readerPath, type DeliveryKey } from '../stopping/links.ts'

/* Addresses that count: that of the reader's own page with a number and a seal of its own. A link leads where its row says, never where an address does. */

const sealOf = (secret: string, what: 'link' | 'picture', token: string): string =>
  createHmac('sha256', secret).update(`mailing ${what} ${token}`).digest('base64url').slice(0, 16)

const tokenOf = (secret: string, key: DeliveryKey): string => readerPath(secret, key).slice('/u/'.length)

export function countedPath(secret: string, key: DeliveryKey, link: number): string {
  const token = `${tokenOf(secret, key)}.${link}`
  return `/l/${token}.${sealOf(secret, 'link', token)}`
}

export function picturePath(secret: string, key: DeliveryKey): string {
  const token = tokenOf(secret, key)
  return `/o/${token}.${sealOf(secret, 'picture', token)}`
}

/** null: no address of ours. */
export function linkOf(secret: string, address: string): (DeliveryKey & { link: number }) | null {
  const [token = '', link = '', seal = ''] = address.split('.')
  if (!/^\d{1,6}$/.test(link) || !isSame(sealOf(secret, 'link', `${token}.${link}`), seal)) return null
  const key = readerOf(secret, token)
  return key && { ...key, link: Number(link) }
}

export function pictureOf(secret: string, address: string): DeliveryKey | null {
  const [token = '', seal = ''] = address.split('.')
  return isSame(sealOf(secret, 'picture', token), seal) ? readerOf(secret, token) : null
}
