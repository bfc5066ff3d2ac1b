import * as UnixTime from '@cutwater/core/units/UnixTime.ts'
import { type KeyboardEvent, useEffect, useState } from 'react'
import * as Format from '../charts/Format.ts'
import { useBridge, useSeries } from '../client/useRecord.ts'
import { go, useRoute } from '../client/useRoute.ts'
import { Sparkline } from './Sparkline.tsx'

/** The hand on time: everything on the page is shown as it was at the moment it stands at. */
export function TimeBar() {
  const { at, branch } = useRoute()
  const { data: bridge } = useBridge()
  const [chosen, setSpeed] = useState<number | null>(null)
  const [isPlaying, setPlaying] = useState(false)
  const range = bridge?.range ?? null
  const speed = chosen ?? speedFor(range)
  const { data: series } = useSeries({ from: null, to: null }, 240, branch)
  usePlay(isPlaying && range !== null, { at, to: range?.to ?? 0, speed }, () => setPlaying(false))
  if (range === null) return null
  const { from, to } = range
  const shown = Math.max(from, Math.min(to, at ?? to))
  const step = Math.max(1, Math.round((to - from) / 500))
  const move = (next: number) =>
    go({ at: next >= to ? null : Math.round(Math.max(from, next)) }, { replaces: true })
  const onKey = (event: KeyboardEvent) => {
    const by = stepOf(event.key, step)
    if (by === undefined) return
    event.preventDefault()
    move(shown + by)
  }
  return (
    <section className="time-bar" aria-label="Time">
      <div className="time-controls">
        <button
          type="button"
          className="round"
          aria-label={isPlaying ? 'Stop playing' : 'Play forward'}
          onClick={() => {
            if (!isPlaying && at === null) go({ at: from }, { replaces: true })
            setPlaying(!isPlaying)
          }}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d={isPlaying ? 'M4 3h3v10H4zM9 3h3v10H9z' : 'M4 2.5l9 5.5-9 5.5z'} />
          </svg>
        </button>
        <label className="speed">
          <span className="unseen">Speed</span>
          <select value={speed} onChange={(event) => setSpeed(Number(event.target.value))}>
            {speeds.map(({ seconds, text }) => (
              <option key={seconds} value={seconds}>
                {text}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="time-track">
        {series !== undefined && <Sparkline series={series} from={from} to={to} />}
        <input
          type="range"
          aria-label="Moment shown"
          aria-valuetext={`${Format.time(shown)} UTC`}
          min={from}
          max={to}
          step={1}
          value={shown}
          onChange={(event) => move(Number(event.target.value))}
          onKeyDown={onKey}
        />
      </div>
      <div className="time-shown">
        <Moment key={shown} shown={shown} move={move} />
        <button
          type="button"
          className="plain"
          title="Follow the newest"
          disabled={at === null}
          onClick={() => go({ at: null })}
        >
          {bridge?.live ? 'Live' : 'End'}
        </button>
      </div>
    </section>
  )
}

/** The moment as text, to read and to write. */
function Moment({ shown, move }: { shown: number; move: (at: number) => void }) {
  const [text, setText] = useState(Format.time(shown))
  const parsed = UnixTime.parse(`${text.trim().replace(' ', 'T').replace(/Z?$/, 'Z')}`)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (parsed !== undefined) move(parsed)
      }}
    >
      <label title={`${new Date(shown * 1000).toLocaleString()} where you are`}>
        <span className="unseen">Moment, UTC</span>
        <input
          className="moment"
          value={text}
          spellCheck={false}
          aria-invalid={parsed === undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <small>UTC</small>
      </label>
    </form>
  )
}

const speeds = [
  { seconds: 1, text: 'as it was' },
  { seconds: 10, text: '10 s/s' },
  { seconds: UnixTime.minute, text: '1 min/s' },
  { seconds: 10 * UnixTime.minute, text: '10 min/s' },
  { seconds: UnixTime.hour, text: '1 h/s' },
  { seconds: 6 * UnixTime.hour, text: '6 h/s' },
  { seconds: UnixTime.day, text: '1 d/s' },
  { seconds: 7 * UnixTime.day, text: '7 d/s' },
  { seconds: 30 * UnixTime.day, text: '30 d/s' },
]

type Range = { readonly from: number; readonly to: number }

/** The slowest speed at which all of a record has passed after two minutes. */
function speedFor(range: Range | null): number {
  const whole = range === null ? 0 : range.to - range.from
  return (speeds.find(({ seconds }) => whole / seconds <= 120) ?? speeds.at(-1)!).seconds
}

const tickMilliseconds = 150

type Playing = { readonly at: number | null; readonly to: number; readonly speed: number }

function usePlay(isPlaying: boolean, { at, to, speed }: Playing, onEnd: () => void): void {
  useEffect(() => {
    if (!isPlaying || at === null) return
    const timer = setTimeout(
      () => {
        const next = at + Math.max(1, Math.round((speed * tickMilliseconds) / 1000))
        if (next >= to) onEnd()
        go({ at: next >= to ? null : next }, { replaces: true })
      },
      Math.max(tickMilliseconds, speed === 1 ? 1000 : 0),
    )
    return () => clearTimeout(timer)
  })
}

function stepOf(key: string, step: number): number | undefined {
  return {
    ArrowLeft: -step,
    ArrowRight: step,
    ArrowDown: -1,
    ArrowUp: 1,
    PageDown: -10 * step,
    PageUp: 10 * step,
  }[key]
}
