import { reactionChart } from '@cutwater/web/charts/reactionChart.ts'
import { variables } from '@cutwater/web/charts/Theme.ts'
import { waterfallChart } from '@cutwater/web/charts/waterfallChart.ts'
import { describe, expect, it } from 'vitest'
import { renderSvg } from './renderSvg.ts'

const view = { width: 600, palette: variables }
const points = [0, 60, 3_600].map((seconds) => ({ seconds, usd: 1e6 + seconds * 1e3 }))
const draw = (id: string) =>
  renderSvg({
    id,
    option: reactionChart(points, 5e6, view),
    width: 600,
    height: 280,
    positionsOf: { axis: 'x', values: [0, 1, 2] },
  })

describe('renderSvg', () => {
  it('names its clip paths after the drawing, so that two drawings share a page', () => {
    const option = {
      xAxis: {},
      yAxis: {},
      series: [
        {
          type: 'line' as const,
          data: [
            [0, 1],
            [1, 2],
          ],
        },
      ],
    }
    const { svg } = renderSvg({ id: 'mine', option, width: 300, height: 200 })
    expect(svg).toMatch(/<clipPath id="mine-/)
    expect(svg).toMatch(/clip-path="url\(#mine-/)
  })

  it('gives the same bytes each time, whatever was drawn before', () => {
    const first = draw('a')
    draw('b')
    expect(draw('a')).toEqual(first)
  })

  it('leaves nothing that the page’s policy would refuse, and no colour that would stay behind in the dark', () => {
    const { svg } = draw('a')
    expect(svg).toMatch(/^<svg viewBox="0 0 600 280"/)
    expect(svg).not.toMatch(/ style=|<style| class=|http|ecmeta|<script/)
    const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour)
    expect(colours.filter((colour) => !/^(?:none|var\(--\w+\))$/.test(colour!))).toEqual([])
  })

  it('says where values lie, left to right within the drawing', () => {
    const { positions } = draw('a')
    expect(positions).toHaveLength(3)
    expect([...positions].sort((a, b) => a - b)).toEqual(positions)
    expect(positions.every((at) => at > 0 && at < 600)).toBe(true)
  })

  it('escapes names', () => {
    const row = { lostUsd: 1, preventedUsd: 0, coveredUsd: 0, backstoppedUsd: 0, shortfallUsd: 1 }
    const option = waterfallChart([{ ...row, label: '<img src=x>' }], view)
    expect(renderSvg({ id: 'w', option, width: 600, height: 100 }).svg).not.toContain('<img')
  })
})
