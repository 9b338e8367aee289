import encodeQR from 'qr'

/** A QR code as SVG: black on white also in the dark theme, or phones do not read it. `label` says what it opens. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const svg = encodeQR(text, 'svg', { ecc: 'medium' })
  return (
    <div
      role="img"
      aria-label={label}
      className="mx-auto w-full max-w-56 rounded-lg bg-white p-2 [&>svg]:h-auto [&>svg]:w-full"
      // oxlint-disable-next-line no-danger -- made by the library from numbers alone; the text is in it only as squares
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  )
}
