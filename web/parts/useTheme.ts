import { useSyncExternalStore } from 'react'
import { dark, light, type Palette } from '../charts/Theme.ts'

export type Theme = 'light' | 'dark'

/** The colours of the page: as the machine is set, or as somebody chose here. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, theme)
}

export function paletteOf(name: Theme): Palette {
  return name === 'dark' ? dark : light
}

export function chooseTheme(name: Theme): void {
  localStorage.setItem(key, name)
  apply()
}

/** Puts the palette into the style sheet's variables; a style set by script needs no exception from the policy. */
export function apply(): void {
  const { style } = document.documentElement
  for (const [name, colour] of Object.entries(paletteOf(theme()))) style.setProperty(`--${name}`, colour)
  style.setProperty('color-scheme', theme())
  document.documentElement.dataset.theme = theme()
  for (const listen of listeners) listen()
}

const key = 'cutwater-theme'
const listeners = new Set<() => void>()
const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')
prefersDark.addEventListener('change', apply)

function theme(): Theme {
  const chosen = localStorage.getItem(key)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return prefersDark.matches ? 'dark' : 'light'
}

function subscribe(listen: () => void): () => void {
  listeners.add(listen)
  return () => listeners.delete(listen)
}
