/** Somebody at an address. */
export interface Resident {
  first: string | null
  last: string
  hangul: string | null
}

export interface Greeting {
  name_line: string
  salutation: string
  /** Only where the people write their names in Hangul themselves; a guess is never printed. */
  salutation_ko: string
}

/** Longer lines do not fit the window of a postcard. */
const longest = 40

/**
 * The name line and salutation of one piece for a household, by the conventions of mail houses: one person by name; two of
 * one surname together; two surnames joined where that fits; more as a household.
 */
export function greet(residents: readonly Resident[]): Greeting {
  const named = residents.filter(({ last }) => last.trim() !== '')
  const [one, two] = named
  const ko = koreanSalutation(residents)
  if (!one) return { name_line: 'Current Resident', salutation: 'Dear neighbor,', salutation_ko: ko }
  const full = ({ first, last }: Resident): string => [first, last].filter(Boolean).join(' ')
  if (!two) return { name_line: full(one), salutation: `Dear ${full(one)},`, salutation_ko: ko }
  const surnames = [...new Set(named.map(({ last }) => last))]
  if (named.length === 2 && one.first && two.first) {
    const together =
      surnames.length === 1 ? `${one.first} and ${two.first} ${one.last}` : `${full(one)} and ${full(two)}`
    if (together.length <= longest) return { name_line: together, salutation: `Dear ${together},`, salutation_ko: ko }
  }
  const family = surnames.slice(0, 2).join(' & ')
  const name_line = surnames.length > 2 ? 'Our Neighbors' : `The ${family} Household`
  return {
    name_line: name_line.length <= longest ? name_line : 'Current Resident',
    salutation: surnames.length > 2 ? 'Dear neighbors,' : `Dear ${family} household,`,
    salutation_ko: ko,
  }
}

function koreanSalutation(residents: readonly Resident[]): string {
  const names = residents.map(({ hangul }) => hangul)
  if (names.length === 0 || names.length > 2 || names.some((name) => !name)) return ''
  return `${names.map((name) => `${name} 님`).join(', ')}께`
}
