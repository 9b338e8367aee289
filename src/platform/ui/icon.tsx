/** Line icons of 24 × 24, drawn for Hanpyo. Decorative: the words beside them say the same. */
const paths: Record<string, string> = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  voters:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6 9c0-3.3 2.7-6 6-6s6 2.7 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5m2 3.5c1.8 1 3 3 3 5.500',
  universe: 'M12 3a9 9 0 1 0 9 9M12 7a5 5 0 1 0 5 5m-5-1a1 1 0 1 0 1 1l7-8',
  script: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5',
  sheet: 'M6 3h12v18H6zM9 8l1 1 2-2M9 13l1 1 2-2M14 8.500h2M14 13.500h2M9 17.500h7',
  phone: 'M6 3h3l2 5-2.500 1.500a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zm-8 9c0-4 3.500-7 8-7s8 3 8 7',
  file: 'M4 6c0-1.700 3.600-3 8-3s8 1.300 8 3-3.600 3-8 3-8-1.300-8-3zm0 0v12c0 1.700 3.600 3 8 3s8-1.300 8-3V6M4 12c0 1.700 3.600 3 8 3s8-1.300 8-3',
  team: 'M12 12a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM5 9.500a2.500 2.500 0 1 0 0-5M19 9.500a2.500 2.500 0 1 1 0-5M7 20c0-3 2-5 5-5s5 2 5 5M2 17c0-2 1-3.500 3-4m17 4c0-2-1-3.500-3-4',
  log: 'M5 4h14v16H5zM8.500 8.500h7M8.500 12h7M8.500 15.500h4',
  settings: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 2v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M5 19l2-2M17 7l2-2',
  mail: 'M3 6h18v12H3zM3 7l9 6 9-6',
  menu: 'M4 6h16M4 12h16M4 18h16',
  check: 'm5 13 4 4L19 7',
  warning: 'M12 4 2.500 20h19zM12 10v4m0 3v.1',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v5m8-5v5',
  ballot: 'M4 12h16v8H4zM8 12V4h8v8m-6-4.500 1.500 1.500L14.500 6.500M9 16h6',
  star: 'm12 3 2.700 5.600 6.100.800-4.400 4.300 1 6.100L12 17l-5.400 2.800 1-6.100L3.200 9.400l6.100-.800z',
  compare: 'M4 4h7v16H4zM13 4h7v16h-7zM6.500 8.500h2M6.500 12h2M15.500 8.500h2M15.500 12h2',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm5-2 5 5',
  plus: 'M12 5v14M5 12h14',
  download: 'M12 4v11m-4-4 4 4 4-4M5 20h14',
  upload: 'M12 15V4m-4 4 4-4 4 4M5 20h14',
  map: 'm3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  tag: 'M4 4h8l8 8-8 8-8-8zM8.500 8.500v.1',
}

export function Icon({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className="shrink-0"
    >
      <path d={paths[name] ?? paths.log} />
    </svg>
  )
}
