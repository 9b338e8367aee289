import '../../../platform/ui/zod-jitless.ts'
import { mountIsland } from '../../../platform/ui/island.tsx'
import { KeptOnDevice } from './parts/kept-on-device.tsx'

void mountIsland('kept-results', KeptOnDevice)
