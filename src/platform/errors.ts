/** Not there, or not yours to see: the two look the same from outside. */
export class NotFound extends Error {}
/** You may see it, but not do this. */
export class Forbidden extends Error {}
/** Somebody changed it meanwhile. */
export class Conflict extends Error {}
/** Nobody is signed in. */
export class NotSignedIn extends Error {}
/** Thrown by a job that must not be tried again. */
export class GiveUp extends Error {}

/** The value, or NotFound. */
export function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new NotFound()
  return value
}
