import { mountIsland } from '../../../platform/ui/island.tsx'
import { PiecePreview } from './parts/piece-preview.tsx'

void mountIsland('piece-preview', PiecePreview)
