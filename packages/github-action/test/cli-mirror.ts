import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'

export const VERSION = 'v0.2026.08.19.08.14.stable_01'

/** A mirror of the download service on loopback, with one release in it that counts how often it is fetched. */
export class CliMirror {
  readonly #server: Server
  #archive = Buffer.alloc(0)
  downloads = 0

  constructor() {
    this.#server = createServer((request, response) => {
      const path = request.url ?? ''
      if (path.startsWith('/download/cli?')) {
        const location = `/stable/${VERSION}/cli/linux/x86_64/warp-stable-linux-x86_64.tar.gz`
        response.writeHead(302, { location }).end()
      } else if (path.endsWith('.tar.gz')) {
        this.downloads += 1
        response.writeHead(200, { 'content-length': this.#archive.length }).end(this.#archive)
      } else response.writeHead(404).end()
    })
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Packs a CLI that says one thing, and listens. */
  async open(folder: string): Promise<void> {
    const content = join(folder, 'release')
    mkdirSync(join(content, 'resources'), { recursive: true })
    writeFileSync(join(content, 'resources', 'oz-skill.md'), 'a skill')
    const oz = join(content, 'oz')
    writeFileSync(
      oz,
      `#!/bin/sh\nif [ "$1" = --version ]; then echo ${VERSION}; exit 0; fi\nif [ "$1" = agent ]; then echo '{"type":"agent","text":"from the mirror"}'; fi\n`,
    )
    chmodSync(oz, 0o755)
    await execa('tar', ['-czf', join(folder, 'release.tar.gz'), '-C', content, '.'])
    this.#archive = readFileSync(join(folder, 'release.tar.gz'))
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready))
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
