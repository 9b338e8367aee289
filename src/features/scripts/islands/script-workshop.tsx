import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { Workshop } from './parts/workshop.tsx'

void mountIsland('script-workshop', Workshop)
