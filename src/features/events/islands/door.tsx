import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { Door } from './parts/door.tsx'

void mountIsland('door', Door)
