/**
 * The page's own script: reads a chart under the pointer, a finger or the arrow keys. Without it the page says the
 * same, only less finely.
 */
export const script = `'use strict'
for (const chart of document.querySelectorAll('.chart[data-axis]')) {
  const data = JSON.parse(chart.querySelector('script').textContent)
  const isX = chart.dataset.axis === 'x'
  const line = chart.appendChild(document.createElement('div'))
  const box = chart.appendChild(document.createElement('div'))
  line.className = 'cross cross-' + chart.dataset.axis
  box.className = 'readout'
  let current = -1

  const drawing = () => [...chart.querySelectorAll('.wide,.narrow')].find((part) => part.offsetWidth > 0)
  const show = (index) => {
    const part = drawing()
    const scale = part.offsetWidth / Number(part.dataset.width)
    const place = data[part.classList.contains('wide') ? 'wide' : 'narrow'][index] * scale
    current = index
    fill(data.rows[index])
    chart.classList.add('reading')
    line.style[isX ? 'left' : 'top'] = place + 'px'
    const room = chart.offsetWidth - box.offsetWidth
    const left = isX ? (place + 14 + box.offsetWidth < chart.offsetWidth ? place + 14 : place - 14 - box.offsetWidth) : room / 2
    box.style.left = Math.max(0, Math.min(room, left)) + 'px'
    box.style.top = (isX ? 34 : place + 16) + 'px'
  }
  const fill = ([heading, ...lines]) => {
    const title = document.createElement('b')
    title.textContent = heading
    const list = document.createElement('dl')
    lines.forEach((text, i) => {
      if (text === '') return
      list.appendChild(document.createElement('dt')).textContent = data.names[i]
      list.appendChild(document.createElement('dd')).textContent = text
    })
    box.replaceChildren(title, list)
  }
  const hide = () => {
    current = -1
    chart.classList.remove('reading')
  }
  const nearest = (event) => {
    const part = drawing()
    const frame = part.getBoundingClientRect()
    const scale = frame.width / Number(part.dataset.width)
    const at = (isX ? event.clientX - frame.left : event.clientY - frame.top) / scale
    const places = data[part.classList.contains('wide') ? 'wide' : 'narrow']
    let best = 0
    places.forEach((place, i) => {
      if (Math.abs(place - at) < Math.abs(places[best] - at)) best = i
    })
    return best
  }
  chart.addEventListener('pointermove', (event) => show(nearest(event)))
  chart.addEventListener('pointerdown', (event) => show(nearest(event)))
  chart.addEventListener('pointerleave', hide)
  chart.addEventListener('blur', hide)
  chart.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') hide()
    if (!step) return
    event.preventDefault()
    show(Math.max(0, Math.min(data.rows.length - 1, current < 0 ? (step > 0 ? 0 : data.rows.length - 1) : current + step)))
  })
}
`
