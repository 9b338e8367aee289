import { config } from 'zod'

// zod would try `new Function`, which our content security policy reports. Imported first in every island.
config({ jitless: true })
