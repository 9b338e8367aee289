/** Counties of New York by the State Board's number (alphabetical, not FIPS): slug. Source: county codes of the NYSVoter file layout. */
export const newYorkCounties: Readonly<Record<string, string>> = Object.fromEntries(
  'albany allegany bronx broome cattaraugus cayuga chautauqua chemung chenango clinton columbia cortland delaware dutchess erie essex franklin fulton genesee greene hamilton herkimer jefferson kings lewis livingston madison monroe montgomery nassau new-york niagara oneida onondaga ontario orange orleans oswego otsego putnam queens rensselaer richmond rockland saratoga schenectady schoharie schuyler seneca st-lawrence steuben suffolk sullivan tioga tompkins ulster warren washington wayne westchester wyoming yates'
    .split(' ')
    .map((slug, index) => [String(index + 1), slug]),
)
