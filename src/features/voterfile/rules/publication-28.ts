/*
 * The tables of USPS Publication 28 as a whole: appendices B (states), C1 (suffixes) and C2 (secondary units), as of
 * 2026-11-23. Standard names and abbreviations agree in two sources; single spellings of suffixes are in one.
 * `addresses.ts` has the words that occur often in voter files.
 */

/** Appendix C1: the name, the standard abbreviation ('=': the name itself), further spellings. */
const suffixLines = `
  ALLEY ALY ALLEE ALLY; ANNEX ANX ANEX ANNX; ARCADE ARC; AVENUE AVE AV AVEN AVENU AVN AVNUE; BAYOU BYU BAYOO; BEACH BCH; BEND BND; BLUFF BLF BLUF;
  BLUFFS BLFS; BOTTOM BTM BOT BOTTM; BOULEVARD BLVD BOUL BOULV; BRANCH BR BRNCH; BRIDGE BRG BRDGE; BROOK BRK; BROOKS BRKS; BURG BG; BURGS BGS;
  BYPASS BYP BYPA BYPAS BYPS; CAMP CP CMP; CANYON CYN CANYN CNYN; CAPE CPE; CAUSEWAY CSWY CAUSWAY; CENTER CTR CEN CENT CENTR CENTRE CNTER CNTR;
  CENTERS CTRS; CIRCLE CIR CIRC CIRCL CRCL CRCLE; CIRCLES CIRS; CLIFF CLF; CLIFFS CLFS; CLUB CLB; COMMON CMN; COMMONS CMNS; CORNER COR; CORNERS CORS;
  COURSE CRSE; COURT CT CRT; COURTS CTS; COVE CV; COVES CVS; CREEK CRK CK CR; CRESCENT CRES CRECENT CRESENT CRSCNT CRSENT CRSNT; CREST CRST;
  CROSSING XING CRSSING CRSSNG; CROSSROAD XRD; CROSSROADS XRDS; CURVE CURV; DALE DL; DAM DM; DIVIDE DV DIV DVD; DRIVE DR DRIV DRV; DRIVES DRS;
  ESTATE EST; ESTATES ESTS; EXPRESSWAY EXPY EXP EXPR EXPRESS EXPW; EXTENSION EXT EXTN EXTNSN; EXTENSIONS EXTS; FALL =; FALLS FLS; FERRY FRY FRRY;
  FIELD FLD; FIELDS FLDS; FLAT FLT; FLATS FLTS; FORD FRD; FORDS FRDS; FOREST FRST FORESTS; FORGE FRG FORG; FORGES FRGS; FORK FRK; FORKS FRKS;
  FORT FT FRT; FREEWAY FWY FREEWY FRWAY FRWY; GARDEN GDN GARDN GRDEN GRDN; GARDENS GDNS GRDNS; GATEWAY GTWY GATEWY GATWAY GTWAY; GLEN GLN; GLENS GLNS;
  GREEN GRN; GREENS GRNS; GROVE GRV GROV; GROVES GRVS; HARBOR HBR HARB HARBR HRBOR; HARBORS HBRS; HAVEN HVN HAVN; HEIGHTS HTS HEIGHT HGTS HT;
  HIGHWAY HWY HIGHWY HIWAY HIWY HWAY; HILL HL; HILLS HLS; HOLLOW HOLW HLLW HOLLOWS HOLWS; INLET INLT; ISLAND IS ISLND; ISLANDS ISS ISLNDS; ISLE = ISLES;
  JUNCTION JCT JCTION JCTN JUNCTN JUNCTON; JUNCTIONS JCTS JCTNS; KEY KY; KEYS KYS; KNOLL KNL KNOL; KNOLLS KNLS; LAKE LK; LAKES LKS; LAND =;
  LANDING LNDG LNDNG; LANE LN LA LANES; LIGHT LGT; LIGHTS LGTS; LOAF LF; LOCK LCK; LOCKS LCKS; LODGE LDG LDGE LODG; LOOP = LOOPS; MALL =; MANOR MNR;
  MANORS MNRS; MEADOW MDW; MEADOWS MDWS MEDOWS; MEWS =; MILL ML; MILLS MLS; MISSION MSN MISSN MSSN; MOTORWAY MTWY; MOUNT MT MNT;
  MOUNTAIN MTN MNTAIN MNTN MOUNTIN MTIN; MOUNTAINS MTNS MNTNS; NECK NCK; ORCHARD ORCH ORCHRD; OVAL = OVL; OVERPASS OPAS; PARK = PARKS PK PRK;
  PARKWAY PKWY PARKWAYS PARKWY PKWAY PKWYS PKY; PASS =; PASSAGE PSGE; PATH = PATHS; PIKE = PIKES; PINE PNE; PINES PNES; PLACE PL; PLAIN PLN;
  PLAINS PLNS PLAINES; PLAZA PLZ PLZA; POINT PT; POINTS PTS; PORT PRT; PORTS PRTS; PRAIRIE PR PRARIE PRR; RADIAL RADL RAD RADIEL; RAMP =;
  RANCH RNCH RANCHES RNCHS; RAPID RPD; RAPIDS RPDS; REST RST; RIDGE RDG RDGE; RIDGES RDGS; RIVER RIV RIVR RVR; ROAD RD; ROADS RDS; ROUTE RTE; ROW =;
  RUE =; RUN =; SHOAL SHL; SHOALS SHLS; SHORE SHR SHOAR; SHORES SHRS SHOARS; SKYWAY SKWY; SPRING SPG SPNG SPRNG; SPRINGS SPGS SPNGS SPRNGS;
  SPUR = SPURS; SQUARE SQ SQR SQRE SQU; SQUARES SQS SQRS; STATION STA STATN STN; STRAVENUE STRA STRAV STRAVE STRAVEN STRAVN STRVN STRVNUE;
  STREAM STRM STREME; STREET ST STR STRT; STREETS STS; SUMMIT SMT SUMIT SUMITT; TERRACE TER TERR; THROUGHWAY TRWY; TRACE TRCE TRACES;
  TRACK TRAK TRACKS TRK TRKS; TRAFFICWAY TRFY; TRAIL TRL TR TRAILS TRLS; TRAILER TRLR TRLRS; TUNNEL TUNL TUNEL TUNLS TUNNELS TUNNL;
  TURNPIKE TPKE TPK TRNPK TRPK TURNPK; UNDERPASS UPAS; UNION UN; UNIONS UNS; VALLEY VLY VALLY VLLY; VALLEYS VLYS; VIADUCT VIA VDCT VIADCT; VIEW VW;
  VIEWS VWS; VILLAGE VLG VILL VILLAG VILLG VILLIAGE; VILLAGES VLGS; VILLE VL; VISTA VIS VIST VST VSTA; WALK = WALKS; WALL =; WAY = WY; WAYS =; WELL WL;
  WELLS WLS;
`

/** Each spelling → its standard abbreviation: 'AVENU' → 'AVE'. */
export const suffixes: ReadonlyMap<string, string> = new Map(
  entriesOf(suffixLines).flatMap(([name = '', said = '', ...more]) => {
    const abbreviation = said === '=' ? name : said
    return [name, abbreviation, ...more].map((spelling) => [spelling, abbreviation] as const)
  }),
)

/** Each standard abbreviation → its name: 'AVE' → 'AVENUE'. */
export const suffixNames: ReadonlyMap<string, string> = new Map(
  entriesOf(suffixLines).map(([name = '', said = '']) => [said === '=' ? name : said, name]),
)

/** Appendix C2: the word, its abbreviation and whether a number must follow. */
const designators = [
  ['APARTMENT', 'APT', true],
  ['BASEMENT', 'BSMT', false],
  ['BUILDING', 'BLDG', true],
  ['DEPARTMENT', 'DEPT', true],
  ['FLOOR', 'FL', true],
  ['FRONT', 'FRNT', false],
  ['HANGAR', 'HNGR', true],
  ['KEY', 'KEY', true],
  ['LOBBY', 'LBBY', false],
  ['LOT', 'LOT', true],
  ['LOWER', 'LOWR', false],
  ['OFFICE', 'OFC', false],
  ['PENTHOUSE', 'PH', false],
  ['PIER', 'PIER', true],
  ['REAR', 'REAR', false],
  ['ROOM', 'RM', true],
  ['SIDE', 'SIDE', false],
  ['SLIP', 'SLIP', true],
  ['SPACE', 'SPC', true],
  ['STOP', 'STOP', true],
  ['SUITE', 'STE', true],
  ['TRAILER', 'TRLR', true],
  ['UNIT', 'UNIT', true],
  ['UPPER', 'UPPR', false],
] as const

export interface Designator {
  abbreviation: string
  needs_number: boolean
}

/** By the word, by its abbreviation and by spellings that occur. */
export const unitDesignators: ReadonlyMap<string, Designator> = new Map([
  ...designators.flatMap(([word, abbreviation, needs_number]) =>
    [word, abbreviation].map((said) => [said, { abbreviation, needs_number }] as const),
  ),
  ['FLR', { abbreviation: 'FL', needs_number: true }],
  ['APMT', { abbreviation: 'APT', needs_number: true }],
  ['BSMNT', { abbreviation: 'BSMT', needs_number: false }],
])

/** Appendix B: states, the District, territories, freely associated states, the armed forces. */
const stateLines = `
  AL ALABAMA; AK ALASKA; AS AMERICAN SAMOA; AZ ARIZONA; AR ARKANSAS; CA CALIFORNIA; CO COLORADO; CT CONNECTICUT; DE DELAWARE; DC DISTRICT OF COLUMBIA;
  FM FEDERATED STATES OF MICRONESIA; FL FLORIDA; GA GEORGIA; GU GUAM; HI HAWAII; ID IDAHO; IL ILLINOIS; IN INDIANA; IA IOWA; KS KANSAS; KY KENTUCKY;
  LA LOUISIANA; ME MAINE; MH MARSHALL ISLANDS; MD MARYLAND; MA MASSACHUSETTS; MI MICHIGAN; MN MINNESOTA; MS MISSISSIPPI; MO MISSOURI; MT MONTANA;
  NE NEBRASKA; NV NEVADA; NH NEW HAMPSHIRE; NJ NEW JERSEY; NM NEW MEXICO; NY NEW YORK; NC NORTH CAROLINA; ND NORTH DAKOTA; MP NORTHERN MARIANA ISLANDS;
  OH OHIO; OK OKLAHOMA; OR OREGON; PW PALAU; PA PENNSYLVANIA; PR PUERTO RICO; RI RHODE ISLAND; SC SOUTH CAROLINA; SD SOUTH DAKOTA; TN TENNESSEE;
  TX TEXAS; UT UTAH; VT VERMONT; VI VIRGIN ISLANDS; VA VIRGINIA; WA WASHINGTON; WV WEST VIRGINIA; WI WISCONSIN; WY WYOMING; AA ARMED FORCES AMERICAS;
  AE ARMED FORCES EUROPE MIDDLE EAST AFRICA CANADA; AP ARMED FORCES PACIFIC;
`

/** Each name → its code, and each code → itself. */
export const stateCodes: ReadonlyMap<string, string> = new Map(
  entriesOf(stateLines).flatMap(([code = '', ...name]) => [[code, code] as const, [name.join(' '), code] as const]),
)

/** Of the armed forces: city APO, FPO or DPO. */
export const militaryStates: ReadonlySet<string> = new Set(['AA', 'AE', 'AP'])

function entriesOf(lines: string): string[][] {
  return lines
    .split(';')
    .map((entry) => entry.trim().split(/\s+/))
    .filter(([word]) => word)
}
