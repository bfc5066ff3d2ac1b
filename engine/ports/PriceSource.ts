/** Dollars per whole token of a price series. */
export type Price = { readonly priceId: string; readonly price: number }

/** Prices as they are now. What a source cannot read it leaves out. */
export type PriceSource = { readonly name: string; read(): Promise<readonly Price[]> }
