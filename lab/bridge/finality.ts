/** Both chains make a block every 12 seconds of their own time. */
export const blockSeconds = 12

/** A leg is final this many blocks later. */
export const finalityBlocks = 2
