import * as yaml from 'yaml'
import * as release from './cli/download/resolve-release.ts'
import * as installing from './cli/resolvers/installing.ts'
import * as configFile from './contract/config-file.ts'
import * as eventReader from './events/event-reader.ts'
import * as http from './node-ports/http.ts'
import * as proxyAgent from './node-ports/http-agent.ts'
import * as unpacking from './node-ports/unpack.ts'
import * as doctor from './preflight/doctor.ts'
import * as cloud from './step/run-cloud.ts'

/**
 * All that core otherwise loads with its first use. A program that must be one file imports this,
 * so that its bundle has no further pieces.
 */
export const eager: readonly object[] = [
  yaml,
  release,
  installing,
  configFile,
  eventReader,
  http,
  proxyAgent,
  unpacking,
  doctor,
  cloud,
]
