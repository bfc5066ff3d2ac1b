import { useBridge } from '../client/useRecord.ts'
import { Empty } from './States.tsx'

/** Chains that start, or a journal without an entry: there is no moment to show, and no calm to claim. */
export function NotBegun({ title }: { title: string }) {
  const { data: bridge } = useBridge()
  return (
    <>
      <header className="page-head">
        <h1>{title}</h1>
      </header>
      <Empty title="Nothing was observed yet.">
        {bridge?.says != null && (
          <p>
            This is {bridge.name}: {bridge.says}.
          </p>
        )}
        <p>It begins by itself with the first entry of the journal.</p>
      </Empty>
    </>
  )
}
