/** Draws what a chart shows at present, on paper of its own, as a PNG. */
export type Draw = () => Promise<Blob | null>

/** The charts on the page that can be taken along as a picture, by name. */
export const pictures = new Map<string, Draw>()
