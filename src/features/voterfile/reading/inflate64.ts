import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Transform } from 'node:stream'

/** What the WebAssembly of `zlib-streams` takes and gives: addresses in its memory, and bytes. */
interface Zlib {
  memory: WebAssembly.Memory
  malloc(bytes: number): number
  inflate9_new(): number
  inflate9_init_raw(handle: number): number
  /** The status in the highest byte (1: the end, negative: an error), the bytes written in the lower three. */
  inflate9_process(handle: number, from: number, length: number, to: number, room: number, flush: number): number
  inflate9_last_consumed(handle: number): number
}

const pieceBytes = 256 * 1024
let compiled: Promise<WebAssembly.Module> | null = null
const wasm = (): Promise<WebAssembly.Module> =>
  (compiled ??= WebAssembly.compile(
    readFileSync(createRequire(import.meta.url).resolve('zlib-streams/zlib-streams.wasm')),
  ))

/**
 * Undoes Deflate64, by which Windows packs files of 2 GB and more and which zlib does not know. Bytes that are not packed so,
 * or end early, are an error with zlib's code. Each has a memory of its own: one given up half-way leaves nothing behind.
 */
export async function createInflate64(): Promise<Transform> {
  const zlib = (await WebAssembly.instantiate(await wasm(), {})).exports as unknown as Zlib
  const handle = zlib.inflate9_new()
  if (handle === 0 || zlib.inflate9_init_raw(handle) !== 0) throw new Error('no memory to inflate in')
  const [from, to] = [zlib.malloc(pieceBytes), zlib.malloc(pieceBytes)]
  let isEnded = false
  return new Transform({
    transform(chunk: Buffer, _, done) {
      let at = 0
      // What filled its room may have more to give, though all that came in is taken.
      for (let given = pieceBytes; !isEnded && (at < chunk.length || given === pieceBytes);) {
        const taken = chunk.subarray(at, at + pieceBytes)
        Buffer.from(zlib.memory.buffer).set(taken, from)
        const result = zlib.inflate9_process(handle, from, taken.length, to, pieceBytes, 0)
        const status = result >> 24
        if (status < 0) return done(damage('the bytes are not packed by Deflate64', 'Z_DATA_ERROR'))
        isEnded = status === 1
        given = result & 0xff_ffff
        const consumed = zlib.inflate9_last_consumed(handle)
        if (!isEnded && given === 0 && consumed === 0) break // wants more
        at += consumed
        if (given > 0) this.push(Buffer.from(Buffer.from(zlib.memory.buffer, to, given)))
      }
      done()
    },
    flush: (done) => done(isEnded ? null : damage('the bytes end early', 'Z_BUF_ERROR')),
  })
}

const damage = (message: string, code: string): Error => Object.assign(new Error(message), { code })
