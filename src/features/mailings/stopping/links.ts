import { createHmac } from 'node:crypto'
import { isSame } from '../../../platform/same.ts'

/* The address by which whoever got a mail says what they want: it names the mail and is signed, so nothing need be kept or looked up to trust it. */

/** By whom it is noted. */
export const readerName = 'mail reader'

export interface DeliveryKey {
  organization_id: string
  mailing_id: string
  n: number
}

const packed = ({ organization_id, mailing_id, n }: DeliveryKey): Buffer => {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(n)
  return Buffer.concat([
    Buffer.from(organization_id.replaceAll('-', ''), 'hex'),
    Buffer.from(mailing_id.replaceAll('-', ''), 'hex'),
    number,
  ])
}

const sealOf = (secret: string, key: Buffer): string =>
  createHmac('sha256', secret).update('mailing reader ').update(key).digest('base64url').slice(0, 22)

export function readerPath(secret: string, of: DeliveryKey): string {
  const key = packed(of)
  return `/u/${key.toString('base64url')}${sealOf(secret, key)}`
}

const uuid = (hex: string): string =>
  [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')

/** null: no address of ours. */
export function readerOf(secret: string, token: string): DeliveryKey | null {
  if (!/^[\w-]{70}$/.test(token)) return null
  const key = Buffer.from(token.slice(0, 48), 'base64url')
  if (!isSame(sealOf(secret, key), token.slice(48))) return null
  return {
    organization_id: uuid(key.toString('hex', 0, 16)),
    mailing_id: uuid(key.toString('hex', 16, 32)),
    n: key.readUInt32BE(32),
  }
}
