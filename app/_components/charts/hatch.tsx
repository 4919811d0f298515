/** The pattern that globals.css fills the bars of calls without the tag with. */
export function Hatch() {
  return (
    <svg aria-hidden width={0} height={0} className="absolute">
      <pattern
        id="without-tag"
        width={4}
        height={4}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={4} height={4} className="fill-sunken" />
        <rect width={1.5} height={4} className="fill-ink-faint" />
      </pattern>
    </svg>
  );
}
