import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { CallConsole } from './parts/console.tsx'

void mountIsland('call-console', CallConsole)
