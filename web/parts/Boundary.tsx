import { Component, type ReactNode } from 'react'

type BoundaryProps = {
  /** what stands here, in the words of a sentence: "this page" */
  readonly what: string
  /** where the reader is: elsewhere it is tried again */
  readonly place: string
  readonly children: ReactNode
}

type BoundaryState = { readonly error: Error | null }

/** Keeps what goes wrong while a part is drawn to that part, and says what it was. React catches by classes only. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null }

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error }
  }

  override componentDidUpdate({ place }: BoundaryProps): void {
    if (place !== this.props.place && this.state.error !== null) this.setState({ error: null })
  }

  override render(): ReactNode {
    const { error } = this.state
    const { what, children } = this.props
    if (error === null) return children
    return (
      <div className="trouble" role="alert">
        <b>{what} could not be drawn</b>
        <p>
          {error.message}. The rest goes on, and what the server answers is not lost.{' '}
          <code>DRAWING_FAILED</code>
        </p>
        <button type="button" className="plain" onClick={() => this.setState({ error: null })}>
          Draw it again
        </button>
      </div>
    )
  }
}
