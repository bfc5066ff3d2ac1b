import { type Layer, layers, type PerLayer } from '@cutwater/core/ladder/Layer.ts'
import * as Format from '../charts/Format.ts'
import { layerNames } from '../charts/Theme.ts'

export type PierProps = {
  readonly weights: PerLayer<number>
  readonly stress: PerLayer<number>
  readonly alarm: 'calm' | 'watch' | 'stopped'
}

/**
 * The ladder as what it is named after: the pier of a bridge in the current, seen from above. A layer is as thick as
 * its weight; the current presses as hard as its stress.
 */
export function Pier({ weights, stress, alarm }: PierProps) {
  const shells = shellsOf(weights)
  return (
    <svg className={`pier ${alarm}`} viewBox="0 -14 720 428" role="img" aria-labelledby="pier-title">
      <title id="pier-title">{titleOf(weights, stress)}</title>
      <Current pressure={stress.near} />
      {shells.map(({ layer, half, nose }) => (
        <g key={layer}>
          <polygon className={layer} points={wedge(half, nose)} />
          <polyline className="front" points={front(half, nose)} strokeWidth={1 + 9 * stress[layer]} />
        </g>
      ))}
      <polygon className="users" points={wedge(core, noseOf(core))} />
      {shells.map(({ layer, half, inner, nose }) => {
        const middle = 200 - (half + inner) / 2
        return (
          <g key={layer} className={`label ${layer}`}>
            <text x={nose + half + 22} y={middle + 6}>
              {layerNames[layer]}
            </text>
            <text className="figure" x={684} y={middle + 6}>
              {Format.percent(weights[layer])}
            </text>
          </g>
        )
      })}
      <text className="label users" x={684} y={207}>
        users
      </text>
      {alarm === 'stopped' && <path className="bar" d="M176,28 V372" />}
    </svg>
  )
}

// Half the width of the pier, and of what it protects, in the drawing's own units.
const whole = 172
const core = 24

type Shell = { readonly layer: Layer; readonly half: number; readonly inner: number; readonly nose: number }

/** From outside in; a layer that weighs next to nothing still has a line to stand on. */
function shellsOf(weights: PerLayer<number>): readonly Shell[] {
  const least = 30
  const room = whole - core - least * layers.length
  let half = whole
  return layers.map((layer) => {
    const inner = half - least - room * weights[layer]
    const shell = { layer, half, inner, nose: noseOf(half) }
    half = inner
    return shell
  })
}

function noseOf(half: number): number {
  return 440 - half * 1.55
}

function wedge(half: number, nose: number): string {
  const shoulder = nose + half
  return `${nose},200 ${shoulder},${200 - half} 700,${200 - half} 700,${200 + half} ${shoulder},${200 + half}`
}

function front(half: number, nose: number): string {
  return `${nose + half},${200 - half} ${nose},200 ${nose + half},${200 + half}`
}

/** Eight lines of water that part before the masonry; the harder it presses, the heavier they are. */
function Current({ pressure }: { pressure: number }) {
  const lines = [14, 44, 74, 104].flatMap((away, i) => [
    { away, side: -1, i },
    { away, side: 1, i },
  ])
  return (
    <g className="current" strokeWidth={1.5 + 2.5 * pressure}>
      {lines.map(({ away, side, i }) => {
        const from = 200 + side * (10 + away * 0.62)
        const past = 200 + side * (whole + 10 + (3 - i) * 0)
        const to = past + side * (4 + i * 5.5)
        const turn = noseOf(whole)
        return (
          <path
            key={`${side}:${away}`}
            d={`M-6,${from} C${turn - 60},${from} ${turn - 20},${from + side * 6} ${turn + 40},${(from + to) / 2 + side * 8} S${turn + 150},${to} ${turn + 200},${to} H706`}
          />
        )
      })}
    </g>
  )
}

function titleOf(weights: PerLayer<number>, stress: PerLayer<number>): string {
  const parts = layers.map(
    (layer) => `${layerNames[layer]} ${Format.percent(weights[layer])} at stress ${stress[layer].toFixed(2)}`,
  )
  return `The three layers before the users: ${parts.join(', ')}`
}
