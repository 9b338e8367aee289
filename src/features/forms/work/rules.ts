/*
 * The calculation a browser does before a crowded form takes what it sends: numbers that, put behind the text asked, give
 * a SHA-256 beginning with so many zero bits each. Written out, because browsers have SHA-256 on https alone and only one
 * sum at a time.
 */

/** An eighth of a million sums: a fifth of a second on a laptop, one or two on an old telephone. Many small ones take all about as long. */
const proofs_asked = 16
const work_bits = 13

const primes: number[] = []
for (let each = 2; primes.length < 64; each++) if (primes.every((prime) => each % prime !== 0)) primes.push(each)
const fraction = (value: number): number => Math.floor((value - Math.floor(value)) * 0x1_0000_0000) | 0
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)))
const words = new Int32Array(64)

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The first 32 bits of the SHA-256 of an ASCII text of at most 55 letters (one block), as an unsigned number. */
export function firstBits(text: string): number {
  words.fill(0)
  for (let at = 0; at < text.length; at++) words[at >> 2] = at32(at >> 2) | (text.charCodeAt(at) << (24 - (at % 4) * 8))
  words[text.length >> 2] = at32(text.length >> 2) | (0x80 << (24 - (text.length % 4) * 8))
  words[15] = text.length * 8
  for (let at = 16; at < 64; at++) {
    const [near, far] = [at32(at - 2), at32(at - 15)]
    const one = turned(far, 7) ^ turned(far, 18) ^ (far >>> 3)
    const two = turned(near, 17) ^ turned(near, 19) ^ (near >>> 10)
    words[at] = (at32(at - 16) + one + at32(at - 7) + two) | 0
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = start
  for (let at = 0; at < 64; at++) {
    const one = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const first = (h + one + ((e & f) ^ (~e & g)) + (rounds[at] ?? 0) + at32(at)) | 0
    const two = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const second = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  return (a + (start[0] ?? 0)) >>> 0
}

const at32 = (at: number): number => words[at] ?? 0

const fits = (work: string, number: number): boolean => firstBits(`${work}:${number}`) >>> (32 - work_bits) === 0

/** Numbers with commas, the smallest first. */
export function isProof(work: string, proof: string): boolean {
  const numbers = proof.split(',', proofs_asked + 1).map((each) => (/^\d{1,9}$/.test(each) ? Number(each) : -1))
  return (
    numbers.length === proofs_asked &&
    numbers.every((number, nth) => number > (numbers[nth - 1] ?? -1) && fits(work, number))
  )
}

export function findProof(work: string): string {
  const numbers: number[] = []
  for (let number = 0; numbers.length < proofs_asked; number++) if (fits(work, number)) numbers.push(number)
  return numbers.join(',')
}
