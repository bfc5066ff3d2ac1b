import { crewContract } from '@cutwater/engine/ports/Crew.contract.ts'
import { threadCrew } from './threadCrew.ts'

crewContract('two threads', () => threadCrew(2))
