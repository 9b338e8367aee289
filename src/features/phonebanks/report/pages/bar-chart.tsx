import type { Bar } from '../words.ts'

/** As Bars, with words beside the number. Works without style attributes and prints. */
export function BarChart({ caption, bars }: { caption: string; bars: readonly Bar[] }) {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <table className="w-full break-inside-avoid text-sm">
      <caption className="mb-2 text-left font-semibold">{caption}</caption>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.label}>
            <th scope="row" className="w-2/5 py-1 pr-3 text-left align-middle font-normal">
              {bar.label}
            </th>
            <td className="py-1 align-middle">
              <svg
                width="100%"
                height="14"
                role="presentation"
                className="block overflow-hidden rounded"
                preserveAspectRatio="none"
                viewBox="0 0 100 14"
              >
                <rect width="100" height="14" className="fill-base-200" />
                <rect width={(bar.value / most) * 100} height="14" className="fill-primary" />
              </svg>
            </td>
            <td className="w-px py-1 pl-3 text-right align-middle font-semibold whitespace-nowrap tabular-nums">
              {bar.text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
