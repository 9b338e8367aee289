import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { PracticeConsole } from './parts/practice.tsx'

void mountIsland('call-practice', PracticeConsole)
