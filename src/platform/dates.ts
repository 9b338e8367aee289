import { z } from 'zod'

/** 'YYYY-MM-DD' as PostgreSQL knows dates: there is no year 0. */
export const CalendarDate = z.iso.date().refine((date) => date >= '0001', 'Invalid ISO date')
