import { createHash } from 'node:crypto'
import { found } from '../../platform/errors.ts'
import { room } from '../../platform/http/room.ts'
import { allow } from '../access/allow.ts'
import { districtMap, type Within } from './maps.ts'
import { isCrosswalkKind, isMapKind } from './schema.ts'

export const geographyRoutes = room()
  /** For whoever draws: `ed` needs `?in=nyc-council/20`. */
  .get('/districts/map/:kind', allow('universes.view'), async (c) => {
    const kind = c.req.param('kind')
    const drawn = found(isMapKind(kind) ? await districtMap(c.var.db, kind, withinOf(c.req.query('in') ?? '')) : null)
    const etag = `"${createHash('sha256')
      .update(JSON.stringify([kind, drawn.version]))
      .digest('base64url')
      .slice(0, 20)}"`
    c.header('ETag', etag)
    c.header('Cache-Control', 'private, max-age=300')
    return c.req.header('if-none-match') === etag ? c.body(null, 304) : c.json(drawn.map)
  })

/** 'nyc-council/20' */
function withinOf(text: string): Within | null {
  const [kind = '', district = ''] = text.split('/')
  return isCrosswalkKind(kind) && /^[0-9]{1,3}$/.test(district) ? { kind, district: Number(district) } : null
}
