import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { Writer } from './parts/writer.tsx'

void mountIsland('mail-writer', Writer)
