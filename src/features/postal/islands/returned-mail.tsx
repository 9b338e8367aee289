import { mountIsland } from '../../../platform/ui/island.tsx'
import { PieceReader } from './parts/piece-reader.tsx'

void mountIsland('returned-mail', PieceReader)
