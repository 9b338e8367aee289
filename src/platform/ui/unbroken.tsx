/** A text in which no day ('2026-11-23') is broken at its hyphens. */
export const Unbroken = ({ text }: { text: string }) =>
  text.split(/(\d{4}-\d\d-\d\d)/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // The parts of a text never move.
      <span key={`${at}-${part}`} className="whitespace-nowrap">
        {part}
      </span>
    ),
  )
