import { Empty } from '../../parts/States.tsx'

/** Attacks on twin bridges, one with the layers and one without. */
export function LabPage() {
  return <Empty title="The lab does not run here." />
}
