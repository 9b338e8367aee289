import { ColumnsWriter } from './file.ts'

/* A build that has written half of its file and is about to be killed; run by a test. */

const writer = new ColumnsWriter(process.argv[2] ?? '')
writer.section('voter_id', new Uint32Array(1 << 16))
process.stdout.write('half\n')
setInterval(() => undefined, 1000)
