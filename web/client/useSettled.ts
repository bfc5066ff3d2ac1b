import { useEffect, useRef, useState } from 'react'

/** A value that follows another at most once in so many milliseconds: what is dear is not asked for at every step. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  const last = useRef(0)
  useEffect(() => {
    const wait = Math.max(0, last.current + milliseconds - performance.now())
    const timer = setTimeout(() => {
      last.current = performance.now()
      setSettled(value)
    }, wait)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
