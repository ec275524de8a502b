import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createOz } from '@oz-agent/oz-sim'
import { execa } from 'execa'

/** What the stand-in agent says its version is. */
export const OZ_VERSION = 'v0.2026.08.19.08.14.stable_01'

/** A mirror on loopback that answers every request with the stand-in agent, packed as a release is. */
export class OzMirror implements AsyncDisposable {
  /** The paths that were asked for. */
  readonly requests: string[] = []
  readonly #server

  private constructor(archive: Uint8Array) {
    this.#server = createServer((request, response) => {
      this.requests.push(request.url ?? '')
      response.end(archive)
    })
  }

  /** @param folder where the stand-in is made; its record of calls is there too. */
  static async start(folder: string): Promise<OzMirror> {
    const oz = await createOz({ dir: join(folder, 'oz'), script: 'success' })
    const pack = ['-czf', '-', '-C', oz.dir, 'oz', '.oz-sim.json']
    const { stdout } = await execa('tar', pack, { encoding: 'buffer', stdin: 'ignore' })
    const mirror = new OzMirror(stdout)
    await new Promise<void>((resolve) => mirror.#server.listen(0, '127.0.0.1', resolve))
    return mirror
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
