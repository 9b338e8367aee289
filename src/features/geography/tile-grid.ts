import type { MapKind } from './schema.ts'

/**
 * New York's districts as tiles, one for each, placed as they lie: one row of text is one row of tiles, `.` an empty place.
 * Stands for real shapes until a steward imports some.
 *
 * Arranged by us on 2026-11-25. Lines in force then: congress as enacted in 2024, state senate by court order of
 * 2022, assembly as enacted in 2023, city council by the Districting Commission, first used in 2023.
 * - City districts (all of the council, assembly 23-87, the city's senate and congressional districts): region by the borough
 *   that holds most of the district's election districts, place within it by the mean of their centres (NYC Department of City
 *   Planning, election districts 25c), each at the nearest free place. Confidence: high.
 * - Counties: by hand, from which county borders which. Confidence: high.
 * - Assembly, senate and congress outside the city: by the cities and counties they are known to cover, each at the nearest free
 *   place of its region. Confidence: medium; a neighbour may stand one place off.
 */
export const tileGrids: Readonly<Record<Exclude<MapKind, 'ed'>, string>> = {
  congress: `
     .  .  .  . 21
    26 25 24 22 20
     . 23  . 19 18
     .  .  .  . 17
     .  .  . 13 16
     .  .  . 12 15 14  6  3
     .  .  . 10  7  8  5  4  2  1
     .  .  . 11  9`,
  senate: `
      .   .   .   .   .  45
      .   .   .   .  49  44
     62  56  55  50  53  46  43
     61  63  54  48  52  51  41
     57  60  58   .   .  42  39
      .   .   .   .   .  38  40
      .   .   .   .   .  35  37
      .   .   .   .   .  33  36  34
      .   .   .   .  31  29  32  16  11
      .   .   .   .  47  30  59  13  14   7   5   2
      .   .   .   .  27  28  12  15  10   9   6   8   4   3   1
      .   .   .   .  26  20  25  18
      .   .  24  23  17  22  21  19`,
  assembly: `
      .   .   .   .   .   .   .   .   .   . 116 115
      .   .   .   .   .   .   .   .   . 117 118 114 113
      . 140 144 134 137 136 130 120 129 127 119 111 112
    145 146 143 139 138 135 131 126 128 121 122 110 108
    149 141 142 147 133 132 124 125 123   . 102 109 107
    150 148   .   .   .   .   .   .   .   . 101 103 106
      .   .   .   .   .   .   .   .   .   . 100 104 105
      .   .   .   .   .   .   .   .   .   .  99  95  94
      .   .   .   .   .   .   .   .   .   .  98  96  93
      .   .   .   .   .   .   .   .   .   .  97  92  91
      .   .   .   .   .   .   .   .   .   .  90  89  88
      .   .   .   .   .   .   .   .   .   .  86  81  78  83
      .   .   .   .   .   .   .   .   .  72  77  79  80  82
      .   .   .   .   .   .   .   .   .  70  71  84  85  87  35  40  26  33  13  15  17  12   8
      .   .   .   .   .   .   .   .   .  69  68  36  34  39  27  25  29  16  19  18   9  10   5   4   2   1
      .   .   .   .   .   .   .   .   .  67  76  37  30  38  28  24  22  20  21  14  11   6   7   3
      .   .   .   .   .   .   .   .   .  75  73  52  50  53  23  31  32
      .   .   .   .   .   .   .   .   .  66  74  57  43  56  55  54  60
      .   .   .   .   .   .   .   .  65  51  49  44  42  58  59
      .   .   .   .   .   .   .  63  61  46  47  48  45  41
      .   .   .   .   .   .  62  64`,
  'nyc-council': `
      .   .   .   .  14  11  12
      .   .   .  10  16  15  13
      .   .   .   7   9  17  18  21  20  19
      .   .   .   6   8  22  25  29  24  23
      .   .   .   4   5  26  30  32  27
      .   .   .   3   2  33  34  37  28  31
      .   .   .   1  39  35  36  41  42
      .   .  49  38  44  40  45  46
      .  51  50  47  43  48`,
  county: `
    . . . . . . . . st-lawrence franklin clinton
    . . . . . . . jefferson lewis hamilton essex
    . niagara orleans monroe wayne cayuga oswego oneida herkimer fulton warren washington
    . erie genesee livingston ontario seneca onondaga madison montgomery schenectady saratoga rensselaer
    chautauqua cattaraugus wyoming allegany yates tompkins cortland chenango otsego schoharie albany columbia
    . . . steuben schuyler chemung tioga broome delaware greene ulster dutchess
    . . . . . . . . . sullivan orange putnam
    . . . . . . . . . . rockland westchester
    . . . . . . . . . . new-york bronx
    . . . . . . . . . richmond kings queens nassau suffolk`,
  borough: `
    .        .        bronx
    .        new-york queens
    richmond kings    .`,
}

export const tileGridSource = 'Hanpyo, 2026-11-25'
