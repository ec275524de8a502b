import * as yaml from 'yaml'
import * as eventReader from './agent/event-reader.ts'
import * as installing from './cli/resolvers/installing.ts'
import * as cloud from './cloud/run-cloud.ts'
import * as configFile from './contract/check-files.ts'
import * as release from './install/release.ts'
import * as unpacking from './node/archives.ts'
import * as http from './node/http.ts'
import * as proxyAgent from './node/http-connection.ts'
import * as doctor from './preflight/doctor.ts'

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
