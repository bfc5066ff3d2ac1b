import { Empty } from '../parts/States.tsx'

export function Soon() {
  return <Empty title="There is nothing here yet." />
}
