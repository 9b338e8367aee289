import { TupleWriter } from '../mapping/tuples.ts'
import { cityNumber } from '../rules/keys.ts'
import type { Marked } from './marked.ts'
import type { Reading, Taker } from './reading.ts'
import { SeenKeys } from './seen.ts'
import type { Spool } from './spool.ts'

const asideBytes = 64 * 1024

/** The first file of a state: every voter numbered in the file's order; who may have come before waits aside. */
export function takeVoters(reading: Reading, out: TupleWriter, doubtful: Spool): Taker {
  const seen = new SeenKeys(reading.estimated_rows)
  const aside = new TupleWriter(asideBytes)
  let voter_id = reading.next_voter_id
  return {
    take(mapper, reader) {
      const kind = mapper.look(reader)
      if (!reading.isKept(kind, reader)) return
      const room = mapper.roomFor(reader)
      if (seen.add(mapper.key)) {
        aside.reserve(room)
        mapper.write(reader, aside, 0, reading.file_id, [reader.line, mapper.rank])
        if (aside.at > asideBytes) doubtful.write(aside.take())
      } else {
        out.reserve(room)
        mapper.write(reader, out, voter_id++, reading.file_id)
      }
      reading.notePhone(mapper)
    },
    finish() {
      if (aside.at > 0) doubtful.write(aside.take())
      return voter_id - reading.next_voter_id
    },
  }
}

/** A later file, first reading: of each row only what decides whether it is news; `with_city`: its number in the city too. */
export function takeKeys(reading: Reading, out: TupleWriter, with_city: boolean): Taker {
  return {
    take(mapper, reader) {
      const kind = mapper.look(reader)
      if (kind !== 'purged' && !reading.isKept(kind, reader)) return
      out.reserve(128)
      out.columns(with_city ? 6 : 5)
      out.int4(reading.counts.read - 1)
      out.int8(mapper.key)
      out.int8(mapper.hash)
      out.int4(mapper.rank)
      out.bool(kind === 'purged')
      if (!with_city) return
      const at = reading.part?.columns.at('county_voter_id') ?? -1
      out.int8(at < 0 ? -1 : cityNumber(reader.text(at)))
    },
  }
}

/** A later file, second reading: the rows that are news, wholly. */
export function takeMarked(reading: Reading, out: TupleWriter, wanted: Marked): Taker {
  let ordinal = -1
  return {
    onRow: () => void ordinal++,
    take(mapper, reader) {
      if (!wanted.has(ordinal)) return
      mapper.look(reader)
      out.reserve(mapper.roomFor(reader))
      mapper.write(reader, out, 0, reading.file_id)
      reading.notePhone(mapper)
    },
  }
}
