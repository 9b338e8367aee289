/**
 * Area codes behind +1 that are foreign islands or charge the caller: ringing one at a stranger's wish could cost the
 * organization, or a volunteer their own money. Source: https://www.nanpa.com (geographic area codes by country), general
 * knowledge, 2026-11-26. `is_costly` in the database has the same.
 */
const costly = new Set(
  '242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876 900 976'.split(' '),
)

/** Does whoever rings this number from the United States or Canada pay more for it? Abroad, or charging the caller. */
export const isCostly = (phone: string): boolean => !phone.startsWith('+1') || costly.has(phone.slice(2, 5))
