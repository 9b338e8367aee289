import { createHmac, createPublicKey, createVerify } from 'node:crypto'
import { z } from 'zod'
import { isSame } from '../../../platform/same.ts'

export const SnsMessage = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  Subject: z.string().optional(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
})
export type SnsMessage = z.infer<typeof SnsMessage>

/** Certificates come from Amazon alone: whoever else is named would sign for himself. */
export const isAmazon = (address: string): boolean => {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, port } = new URL(address)
  return protocol === 'https:' && port === '' && /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/.test(hostname)
}

/** The lines Amazon SNS signs, in its order. */
export function signedText(message: SnsMessage): string {
  const names = message.Type === 'Notification' ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const) : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const) // prettier-ignore
  return names.flatMap((name) => (message[name] === undefined ? [] : [`${name}\n${message[name]}\n`])).join('')
}

/** `certificate`: how the certificate at an address of Amazon's is had. */
export async function isSnsTrue(
  message: SnsMessage,
  certificate: (address: string) => Promise<string>,
): Promise<boolean> {
  if (!isAmazon(message.SigningCertURL)) return false
  try {
    const key = createPublicKey(await certificate(message.SigningCertURL))
    const verify = createVerify(message.SignatureVersion === '2' ? 'rsa-sha256' : 'rsa-sha1').update(
      signedText(message),
    )
    return verify.verify(key, message.Signature, 'base64')
  } catch {
    return false
  }
}

/** Part of the address reports come to: whoever knows it may tell us of bounces of this organization. */
export const reportKey = (secret: string, organization_id: string, from: string): string =>
  createHmac('sha256', secret).update(`mail reports ${organization_id} ${from}`).digest('base64url').slice(0, 32)

export const isReportKey = (secret: string, organization_id: string, from: string, key: string): boolean =>
  isSame(reportKey(secret, organization_id, from), key)
