import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { UniverseBuilder } from './parts/builder.tsx'

void mountIsland('universe-builder', UniverseBuilder)
