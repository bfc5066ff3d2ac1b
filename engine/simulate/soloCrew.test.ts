import { crewContract } from '../ports/Crew.contract.ts'
import { soloCrew } from './soloCrew.ts'

crewContract('one thread', soloCrew)
