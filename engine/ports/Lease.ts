/**
 * The right to decide and to act, which one of several contenders has at a time.
 *
 * Each holder has a token greater than those of all before, so that what can refuse the smaller one keeps out a holder
 * who does not know yet that he was overtaken.
 */
export type Lease = {
  /** waits until it is ours; undefined when the waiting is called off first */
  acquire(calledOff?: Promise<void>): Promise<Tenure | undefined>
}

/** A lease that is ours until it is released or lost. */
export type Tenure = {
  /** a whole number, 1 or more */
  readonly token: number
  /**
   * Asks whether it is ours still, whoever keeps the lease, and not only our clock.
   *
   * @throws CutwaterError `LEASE_LOST` when another may have it by now
   */
  confirm(): Promise<void>
  /** resolves when it is lost, with why; never after `release` */
  readonly lost: Promise<Error>
  /** gives it up, so that another has it at once; releasing twice is releasing once */
  release(): Promise<void>
}
