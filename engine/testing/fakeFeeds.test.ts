import { CutwaterError } from '@cutwater/core/units/CutwaterError.ts'
import { feedSourceContract } from '../ports/FeedSource.contract.ts'
import { fakeFeeds } from './fakeFeeds.ts'

feedSourceContract('the fake', async () => {
  let isDown = false
  const down = () => (isDown ? new CutwaterError('FEED_DOWN', 'nothing answers') : undefined)
  const reading = { name: 'wrappedPrice', of: 'GOLD', value: 0.99, unit: 'canonical per wrapped' }
  return {
    source: fakeFeeds([reading], down),
    at: 1_700_000_000,
    breakDown: async () => {
      isDown = true
    },
    downCode: 'FEED_DOWN',
    dispose: async () => {},
  }
})
