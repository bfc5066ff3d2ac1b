import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, html, json, trusted } from './html.ts'

describe('html', () => {
  it('escapes what is put in, and leaves what is already page', () => {
    expect(html`<b>${'a < b & "c"'}</b>`.html).toBe('<b>a &lt; b &amp; &quot;c&quot;</b>')
    expect(html`<p>${html`<i>${'<'}</i>`}</p>`.html).toBe('<p><i>&lt;</i></p>')
    expect(html`${trusted('<hr>')}`.html).toBe('<hr>')
  })

  it('joins lists and leaves out null, undefined and false, but not zero', () => {
    expect(html`${[1, 'a', [html`<br>`]]}`.html).toBe('1a<br>')
    expect(html`${null}${undefined}${false}${0}`.html).toBe('0')
  })

  it('escaped text opens no tag, ends no attribute, and reads back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeText(text)
        expect(escaped).not.toMatch(/[<>"']/)
        expect(escaped.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => plain[entity]!)).toBe(text)
      }),
    )
  })

  it('JSON never ends the script it stands in, and parses back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        const written = json([value, `</script>${text}`]).html
        expect(written).not.toContain('<')
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify([value, `</script>${text}`])))
      }),
    )
  })
})

const plain: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}
