/** A sentence of the program with its long hashes shortened; the title of each has it whole. */
export function Sentence({ text }: { text: string }) {
  const parts = text.split(/(0x[0-9a-f]{24,})/i)
  return parts.map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <abbr key={i} className="hash" title={part}>
        {part.slice(0, 8)}…{part.slice(-4)}
      </abbr>
    ),
  )
}
