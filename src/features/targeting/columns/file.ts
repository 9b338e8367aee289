import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { z } from 'zod'

/*
 * The file the columns are kept in: a preface of 64 bytes, the sections one after the other, and at the end the header that
 * says where each stands. The preface is written last and the file renamed into place, so a file that is there is whole;
 * checksums notice what the disk does to it later.
 */

/** Goes up with every change of what a section means; another version is rebuilt. */
export const layoutVersion = 9

/** In the section `position`: no voter of that id is in the file. */
export const noPosition = 0xffffffff

const magic = Buffer.from('HANPYO\x01C')
const prefaceBytes = 64
/** Sections begin at multiples of this, which serves every typed array and a line of the processor's cache. */
const alignment = 64

/** So much is read at once; others have a turn in between. */
const piece = 4 << 20
const readersAtOnce = 4

const Section = z.object({ at: z.number(), bytes: z.number(), crc: z.number() })

/** What a segment's voters have in common. Codes are places in the list of the same name; -1: not known. */
const Segments = z.object({
  states: z.array(z.string()),
  counties: z.array(z.string()),
  /** First position of each segment, and the end. */
  bounds: z.array(z.number()),
  state: z.array(z.number()),
  county: z.array(z.number()),
  cd: z.array(z.number().nullable()),
  sd: z.array(z.number().nullable()),
  ad: z.array(z.number().nullable()),
  ed: z.array(z.number().nullable()),
  ccd: z.array(z.number().nullable()),
})

const Header = z.object({
  version: z.literal(layoutVersion),
  /** What it was built from, by `inputsOf`. */
  inputs: z.string(),
  built_at: z.string(),
  seconds: z.number(),
  voters: z.number(),
  highest_voter_id: z.number(),
  /** Bytes of one bitset over all voters. */
  set_bytes: z.number(),
  segments: Segments,
  cities: z.array(z.string()).nullable(),
  zips: z.array(z.string()).nullable(),
  /** Those anybody is in; files built before it was kept do not say. */
  parties: z.array(z.string()).optional(),
  /** Precincts and what a file brings beside, by kind; of a kind nobody has there is no entry. Optional as `parties`. */
  named_districts: z.record(z.string(), z.array(z.string())).optional(),
  /** Of each segment, its place in the list of `named_districts`, by kind; -1: none. Optional as `parties`. */
  named_of_segments: z.record(z.string(), z.array(z.number())).optional(),
  /** Segments whose election district lies in several districts of a kind. Optional as `parties`. */
  in_doubt: z.record(z.string(), z.array(z.number())).optional(),
  elections: z.array(
    z.object({
      election_id: z.number(),
      is_dense: z.boolean(),
      /** Ways votes were cast, by their place in `voteMethods`; `rest`: all votes that were cast in none of the others; `packed`: see `pack`. */
      methods: z.array(z.object({ method: z.number(), kept: z.enum(['bits', 'packed', 'rest']) })),
    }),
  ),
  /** Whoever voted in each way in any election. */
  ever_by: z.array(z.object({ method: z.number(), kept: z.enum(['bits', 'packed']) })),
  /** Files that bring voters, by their days: whom they brought first, and the counties they speak of (null: all). */
  files: z.array(
    z.object({
      state: z.string(),
      on: z.string(),
      first_voter_id: z.number(),
      next_voter_id: z.number(),
      counties: z.array(z.string()).nullable(),
    }),
  ),
  /** Columns with a value beyond what their type holds: questions that depend on the exact value go to the database. */
  clamped: z.array(z.enum(['birth', 'registered', 'born', 'last_voted'])),
  sections: z.record(z.string(), Section),
})
export type Header = z.infer<typeof Header>
export type SegmentTable = z.infer<typeof Segments>

/** Where the file of an installation lies. */
export const columnsPath = (folder: string): string => join(folder, 'targeting', 'columns')

/** Writes a new file beside the old one and puts it in its place at the end. */
export class ColumnsWriter {
  readonly #path: string
  readonly #draft: string
  readonly #file: number
  readonly #sections: Header['sections'] = {}
  #at = prefaceBytes

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true })
    this.#path = path
    this.#draft = `${path}.${process.pid}.draft`
    this.#file = openSync(this.#draft, 'w', 0o600)
  }

  section(name: string, column: NodeJS.TypedArray): void {
    const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength)
    this.#write(bytes, this.#at)
    this.#sections[name] = { at: this.#at, bytes: bytes.length, crc: crc32(bytes) }
    this.#at = Math.ceil((this.#at + bytes.length) / alignment) * alignment
  }

  /** Returns the size of the file. */
  finish(header: Omit<Header, 'version' | 'sections'>): number {
    const text = Buffer.from(JSON.stringify({ version: layoutVersion, ...header, sections: this.#sections }))
    this.#write(text, this.#at)
    const preface = Buffer.alloc(prefaceBytes)
    magic.copy(preface)
    preface.writeDoubleLE(this.#at, 8)
    preface.writeUInt32LE(text.length, 16)
    preface.writeUInt32LE(crc32(text), 20)
    fsyncSync(this.#file)
    this.#write(preface, 0)
    fsyncSync(this.#file)
    closeSync(this.#file)
    renameSync(this.#draft, this.#path)
    return this.#at + text.length
  }

  /** Leaves nothing behind. */
  abandon(): void {
    closeSync(this.#file)
    rmSync(this.#draft, { force: true })
  }

  #write(bytes: Buffer, at: number): void {
    for (let done = 0; done < bytes.length;) done += writeSync(this.#file, bytes, done, bytes.length - done, at + done)
  }
}

/** Why a file cannot be used. */
export type FileProblem = 'missing' | 'version' | 'damaged'

export class FileUnusable extends Error {
  readonly problem: FileProblem

  constructor(problem: FileProblem, cause?: unknown) {
    super(`the columns file is ${problem}`, { cause })
    this.problem = problem
  }
}

/** An open file whose header has been read and found right. */
export class ColumnsReader {
  readonly header: Header
  readonly #file: FileHandle

  private constructor(file: FileHandle, header: Header) {
    this.#file = file
    this.header = header
  }

  static async open(path: string): Promise<ColumnsReader> {
    const file = await open(path, 'r').catch((problem: NodeJS.ErrnoException) => {
      throw new FileUnusable(problem.code === 'ENOENT' ? 'missing' : 'damaged', problem)
    })
    try {
      return new ColumnsReader(file, await readHeader(file))
    } catch (problem) {
      await file.close()
      // What the disk or its rights refuse can be read no more than what is wrong in itself.
      throw problem instanceof FileUnusable ? problem : new FileUnusable('damaged', problem)
    }
  }

  /** End of the last section: so much memory takes them all at their places. */
  get bytes(): number {
    return Math.max(prefaceBytes, ...Object.values(this.header.sections).map(({ at, bytes }) => at + bytes))
  }

  /**
   * Reads every section to `base` + its place in the file, and checks it. Several at once: touching memory for the first
   * time takes longer than the reading, and two cores can do it. Waits between pieces for others to have a turn.
   */
  async load(memory: Uint8Array, base: number): Promise<void> {
    const sections = Object.values(this.header.sections).sort((a, b) => b.bytes - a.bytes)
    const next = sections.values()
    const readSome = async (): Promise<void> => {
      for (const section of next) {
        const sum = await this.#sum(section, (done) => memory.subarray(base + section.at + done))
        if (sum !== section.crc) throw new FileUnusable('damaged')
      }
    }
    await Promise.all(Array.from({ length: readersAtOnce }, readSome))
  }

  /** Are all sections as they were written? Reads the whole file, a piece at a time. */
  async isSound(): Promise<boolean> {
    const buffer = new Uint8Array(piece)
    for (const section of Object.values(this.header.sections)) {
      const sum = await this.#sum(section, () => buffer)
      if (sum !== section.crc) return false
    }
    return true
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  /** Reads a section into what `place` gives and adds up its bytes; null: the file ends before it does. */
  async #sum({ at, bytes }: z.infer<typeof Section>, place: (done: number) => Uint8Array): Promise<number | null> {
    let sum = 0
    for (let done = 0; done < bytes;) {
      const into = place(done)
      const { bytesRead } = await this.#file.read(into, 0, Math.min(piece, bytes - done), at + done)
      if (bytesRead === 0) return null
      sum = crc32(into.subarray(0, bytesRead), sum)
      done += bytesRead
    }
    return sum
  }
}

async function readHeader(file: FileHandle): Promise<Header> {
  const preface = Buffer.alloc(prefaceBytes)
  const { bytesRead } = await file.read(preface, 0, prefaceBytes, 0)
  if (bytesRead < prefaceBytes || !preface.subarray(0, magic.length).equals(magic)) throw new FileUnusable('damaged')
  const { size } = await file.stat()
  const [at, length] = [preface.readDoubleLE(8), preface.readUInt32LE(16)]
  if (!Number.isSafeInteger(at) || at < prefaceBytes || at + length !== size) throw new FileUnusable('damaged')
  const text = Buffer.alloc(length)
  await file.read(text, 0, length, at)
  if (crc32(text) !== preface.readUInt32LE(20)) throw new FileUnusable('damaged')
  const json: unknown = JSON.parse(text.toString())
  if ((json as { version?: unknown }).version !== layoutVersion) throw new FileUnusable('version')
  return Header.parse(json)
}
